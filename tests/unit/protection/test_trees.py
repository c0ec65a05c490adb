"""Hierarchies: what is read, and everything that is wrong with one at once."""

import pyarrow as pa
import pytest

from prikk.protection._trees import read_tree

PAIRS = [("A1", "A"), ("T", ""), ("A", "T"), ("B", "T"), ("A2", "A")]


def tree(source):
    found = []
    return read_tree("g", source, found), [f.code for f in found]


def written(folder, text, name="g.csv"):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_parts_may_stand_before_what_is_above_them():
    found, wrong = tree(PAIRS)
    assert wrong == []
    assert found.hierarchy.codes == ("T", "A", "A1", "A2", "B")
    assert found.hierarchy.parents == (-1, 0, 1, 1, 0)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_files_frames_and_lists_give_the_same_tree(tmp_path, separator):
    lines = [f"{code}{separator}{parent}" for code, parent in [("code", "parent"), *PAIRS]]
    frame = pa.table({"code": [c for c, _ in PAIRS], "parent": [p or None for _, p in PAIRS]})
    path = written(tmp_path, "\ufeff" + "\r\n".join(lines) + "\r\n")
    codes = [tree(source)[0].hierarchy.codes for source in (path, str(path), frame, PAIRS)]
    assert set(codes) == {("T", "A", "A1", "A2", "B")}


def test_codes_are_text(tmp_path):
    found, _ = tree(written(tmp_path, "code,parent\n00,\n01,00\n1,00\nNA,00\nnull,00\n"))
    assert found.hierarchy.codes == ("00", "01", "1", "NA", "null")


def test_levels_may_have_names():
    found, wrong = tree([("T", "", "total"), ("A", "T", "group"), ("A1", "A", "leaf")])
    assert (found.levels, wrong) == (("total", "group", "leaf"), [])
    _, wrong = tree([("T", "", "total"), ("A", "T", "group"), ("B", "T", "other")])
    assert wrong == ["level-mixed"]


@pytest.mark.parametrize(
    ("pairs", "codes"),
    [
        ([("T", ""), ("a", "T"), ("a", "T")], ["hierarchy-twice"]),
        ([("T", ""), ("U", ""), ("a", "T")], ["hierarchy-tops"]),
        ([("T", ""), ("a", "b"), ("b", "c"), ("c", "a")], ["hierarchy-cycle"]),
        ([("T", ""), ("a", "X")], ["hierarchy-parent"]),
        ([("T", "T"), ("a", "T")], ["hierarchy-cycle"]),
        ([("a", "X")], ["hierarchy-parent", "hierarchy-no-top"]),
        ([], ["hierarchy-empty"]),
        ([("T", ""), ("", "T")], ["hierarchy-code"]),
        (
            [("T", ""), ("U", ""), ("a", "b"), ("b", "a"), ("q", "z"), ("q", "z")],
            ["hierarchy-twice", "hierarchy-parent", "hierarchy-tops", "hierarchy-cycle"],
        ),
        (["T", "a"], ["hierarchy-list"]),
        (17, ["no-frame"]),
    ],
)
def test_what_is_no_tree_is_told_with_all_its_faults(pairs, codes):
    assert tree(pairs) == (None, codes)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "file-unreadable"),
        (b"\xff\xfe\x00\x01", "file-unreadable"),
        ("kode,parent\nT,\n", "hierarchy-column"),
        ("code,parent\nT,\na,T,3\n", "row-torn"),
    ],
)
def test_a_file_that_is_no_hierarchy_is_told(tmp_path, text, code):
    assert tree(written(tmp_path, text)) == (None, [code])
    assert tree(tmp_path / "none.csv") == (None, ["file-unreadable"])
