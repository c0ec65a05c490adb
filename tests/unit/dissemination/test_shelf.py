import datetime as dt
import json
from pathlib import Path

import pytest

from prikk.dissemination import shelve, withdraw
from prikk.errors import PrikkError, RefusedError
from serving import built

NOW = dt.datetime(2024, 5, 1, 10, tzinfo=dt.timezone(dt.timedelta(hours=2)))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("built"))


@pytest.fixture
def out(made: Path, tmp_path: Path) -> Path:
    import shutil  # noqa: PLC0415

    return shutil.copytree(made, tmp_path / "out")


def edit(out: Path, *path: str, value: object) -> None:
    file = out / "public" / "manifest.json"
    content = part = json.loads(file.read_text())
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value
    file.write_text(json.dumps(content))


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_store_does_not_stand_within_what_a_build_wrote(out: Path):
    before = tree(out)
    for store in (out, out / "public", out / "public" / "store"):
        with pytest.raises(PrikkError, match="cannot stand within"):
            shelve(out, store)
    assert tree(out) == before
    assert not (out / "public" / "toy").exists()


def test_the_public_folder_alone_is_copied_whole(out: Path, tmp_path: Path):
    found = shelve(out, tmp_path / "store")
    assert (found.id, found.version, found.fresh, found.protected) == ("toy", "2024-03-01", True, False)
    assert tree(found.folder) == {f"public/{name}": content for name, content in tree(out / "public").items()}
    assert [p.name for p in (tmp_path / "store" / "toy").iterdir() if p.is_dir()] == ["2024-03-01"]


def test_the_same_bytes_twice_change_nothing(out: Path, tmp_path: Path):
    first, again = (shelve(out, tmp_path / "store") for _ in range(2))
    assert (again.folder, again.fresh) == (first.folder, False)


def test_another_release_of_the_day_gets_a_number_and_is_known_again(out: Path, tmp_path: Path):
    shelve(out, tmp_path / "store")
    before = tree(tmp_path / "store" / "toy" / "2024-03-01")
    edit(out, "spec_digest", value="other")
    assert [shelve(out, tmp_path / "store").version for _ in range(2)] == ["2024-03-01-2"] * 2
    assert tree(tmp_path / "store" / "toy" / "2024-03-01") == before


def test_a_version_that_is_taken_by_another_is_refused(out: Path, tmp_path: Path):
    shelve(out, tmp_path / "store", "v1")
    assert not shelve(out, tmp_path / "store", "v1").fresh
    edit(out, "spec_digest", value="other")
    with pytest.raises(RefusedError, match="version-taken"):
        shelve(out, tmp_path / "store", "v1")


def test_what_did_not_pass_its_audit_is_refused_unless_it_says_that_it_is_not_protected(
    out: Path, tmp_path: Path
):
    edit(out, "audit", "passed", value=False)
    assert shelve(out, tmp_path / "one").fresh
    edit(out, "protection", "protected", value=True)
    edit(out, "protection", "method", value="suppress")
    with pytest.raises(RefusedError, match="audit-not-passed"):
        shelve(out, tmp_path / "two")
    assert not (tmp_path / "two").exists()


@pytest.mark.parametrize("name", ["manifest.json", "dataset.json", "cells.parquet"])
def test_a_folder_that_lacks_a_file_is_no_release(out: Path, tmp_path: Path, name: str):
    (out / "public" / name).unlink()
    with pytest.raises(PrikkError, match=name):
        shelve(out, tmp_path / "store")


@pytest.mark.parametrize("value", [None, "../x", "a/b", 3, ""])
def test_an_id_that_would_lead_elsewhere_is_refused(out: Path, tmp_path: Path, value: object):
    edit(out, "release", value=value)
    with pytest.raises(PrikkError, match="manifest-damaged"):
        shelve(out, tmp_path / "store")


@pytest.mark.parametrize("version", ["../x", "a/b", ".hidden", "", " ", "x" * 50])
def test_a_version_that_would_lead_elsewhere_is_refused(out: Path, tmp_path: Path, version: str):
    if version:
        with pytest.raises(PrikkError, match="version-name"):
            shelve(out, tmp_path / "store", version)
    else:
        assert shelve(out, tmp_path / "store", version).version == "2024-03-01"


def test_links_are_not_followed_into_a_store(out: Path, tmp_path: Path):
    (out / "public" / "secret.csv").symlink_to(out / "internal" / "cells.csv")
    with pytest.raises(PrikkError, match="release-link"):
        shelve(out, tmp_path / "store")
    assert not any((tmp_path / "store").rglob("*.csv"))


def test_a_withdrawal_says_why_and_when_in_utc(out: Path, tmp_path: Path):
    shelve(out, tmp_path / "store")
    path = withdraw(tmp_path / "store", "toy", "2024-03-01", {"nb": "Feil æøå", "en": "Wrong"}, NOW)
    content = json.loads(path.read_text(encoding="utf-8"))
    assert content == {"reason": {"nb": "Feil æøå", "en": "Wrong"}, "at": "2024-05-01T08:00:00Z"}
    with pytest.raises(PrikkError, match="withdrawn-before"):
        withdraw(tmp_path / "store", "toy", "2024-03-01", {"en": "Again"}, NOW)


@pytest.mark.parametrize(("id_", "version", "hint"), [("toi", "1", "Nearest: 'toy'"), ("toy", "1", "It has: 2024-03-01"), ("..", "x", "no release"), ("toy", "..", "no version")])  # fmt: skip
def test_what_is_not_there_cannot_be_withdrawn(out: Path, tmp_path: Path, id_: str, version: str, hint: str):
    shelve(out, tmp_path / "store")
    with pytest.raises(PrikkError, match=hint):
        withdraw(tmp_path / "store", id_, version, {"en": "x"}, NOW)
