"""What ``docs/audit-toml.md`` says of code lists holds: the columns of labels, and what the two kinds take."""

import re
from pathlib import Path

import pytest

from prikk.reading._lists import read_list

PAGE = Path(__file__).parents[2] / "docs" / "audit-toml.md"
PLAIN = PAGE.read_text(encoding="utf-8").split("A **plain list**")[1].split("A **classification**")[0]
LABELS = [c for c in re.findall(r"`([^`]+)`", PLAIN) if c not in {"code", "parent"}]
HARBOURS = "ALL,,Alle\nN,ALL,Nord\nS,ALL,Sør\n"


def written(folder: Path, header: str, rows: str = HARBOURS) -> Path:
    path = folder / "harbour.csv"
    path.write_text(f"{header}\n{rows}", encoding="utf-8")
    return path


@pytest.mark.parametrize("column", [*LABELS, *map(str.upper, LABELS)])
def test_every_column_that_is_named_holds_labels(tmp_path: Path, column: str) -> None:
    codes, findings = read_list(written(tmp_path, f"code,parent,{column}"), "harbour")
    assert not findings
    assert codes is not None
    assert codes.labels == {"N": ("Nord",), "S": ("Sør",)}
    assert codes.tops == ("ALL", "Alle")


def test_other_columns_of_a_plain_list_are_passed_over(tmp_path: Path) -> None:
    codes, findings = read_list(written(tmp_path, "code,parent,remark"), "harbour")
    assert (codes is not None, findings) == (True, [])
    assert codes is not None
    assert codes.labels == {}


def test_a_classification_needs_no_parents_and_takes_no_other_column(tmp_path: Path) -> None:
    codes, findings = read_list(written(tmp_path, "code,label_nb", "N,Nord\nS,Sør\n"), "harbour")
    assert (codes is not None, findings) == (True, [])
    codes, findings = read_list(written(tmp_path, "code,label_nb,remark", "N,Nord,x\n"), "harbour")
    assert codes is None
    assert "'remark' means nothing here" in findings[0].what
