import pyarrow as pa
import pytest

from prikk.dissemination import PublishedCube
from unit.dissemination.cubes import tiny_cube


def changed(**columns: list[object]) -> PublishedCube:
    cube = tiny_cube()
    cells = cube.cells
    for name, values in columns.items():
        place = cells.column_names.index(name)
        cells = cells.set_column(place, name, pa.array(values, cells[name].type))
    return PublishedCube(spec=cube.spec, classifications=cube.classifications, cells=cells)


def column(name: str) -> list[object]:
    return list(tiny_cube().cells[name].to_pylist())


def test_a_hidden_cell_with_a_value_is_refused_without_telling_it() -> None:
    values = [987654321 if v is None else v for v in column("value")]
    with pytest.raises(ValueError, match="a hidden cell has a value") as caught:
        changed(value=values)
    assert "987654321" not in str(caught.value)


def test_a_shown_cell_without_a_value_is_refused() -> None:
    with pytest.raises(ValueError, match="not hidden has no value"):
        changed(status=["" for _ in column("status")])


def test_a_missing_status_is_refused() -> None:
    with pytest.raises(ValueError, match="no status"):
        changed(status=[s or None for s in column("status")])


def test_cells_that_differ_between_periods_are_refused() -> None:
    with pytest.raises(ValueError, match="not the same in every period"):
        changed(harbour=["S" if i == 3 else h for i, h in enumerate(column("harbour"))])


def test_cells_in_the_order_of_cells_are_refused() -> None:
    with pytest.raises(ValueError, match="not ordered by period"):
        changed(period=sorted(column("period"), reverse=True))


def test_a_cell_that_is_there_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="there twice"):
        changed(boat=["KETCH" if b == "YAWL" else b for b in column("boat")])


def test_other_columns_are_refused() -> None:
    cube = tiny_cube()
    with pytest.raises(ValueError, match="period, harbour, boat, value, status"):
        PublishedCube(
            spec=cube.spec, classifications=cube.classifications, cells=cube.cells.drop_columns(["status"])
        )


def test_a_cube_without_cells_is_a_cube() -> None:
    cube = tiny_cube()
    empty = PublishedCube(spec=cube.spec, classifications=cube.classifications, cells=cube.cells.slice(0, 0))
    assert empty.cells.num_rows == 0
