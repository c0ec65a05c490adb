"""Tags and text of HTML, however they are written, in linear time."""

import time

import pytest

from prikk.reading.formats._html_tokens import End, Start, Text, tokens


def plain(page):
    names = {Start: lambda t: f"<{t.name}>", End: lambda t: f"</{t.name}>", Text: lambda t: t.text}
    return [names[type(token)](token) for token in tokens(page)]


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ("<TD>a</Td>", ["<td>", "a", "</td>"]),
        ("a < b &lt; c", ["a ", "<", " b < c"]),
        ("<!-- <td> --><td>", ["<td>"]),
        ("<![if !vml]><td><![endif]>", ["<td>"]),
        ("<?xml version='1.0'?><td>", ["<td>"]),
        ("<script>if (a<b) '</td>'</script>x", ["<script>", "if (a<b) '</td>'", "</script>", "x"]),
        ("<td title='a>b'>c", ["<td>", "c"]),
        ("<td>a<!-- open", ["<td>", "a"]),
        ("<td>a<b title='open", ["<td>", "a"]),
        ("</ x><td>", ["<td>"]),
        ("a<", ["a"]),
        ("&#99999999999999999999;" + "&#" + "9" * 5000 + ";", None),
    ],
)
def test_markup_is_taken_apart(page, wanted):
    found = plain(page)
    assert wanted in (None, found)


def test_attributes_are_found_however_they_are_quoted():
    (start,) = tokens("<td Colspan=2 rowspan='3' title=\"a &amp; b\" hidden data-x = 5/>")
    assert start.attributes == {
        "colspan": "2",
        "rowspan": "3",
        "title": "a & b",
        "hidden": "",
        "data-x": "5/",
    }


def test_an_element_that_closes_itself_is_told():
    assert [t.closed for t in tokens("<td/><td >") if isinstance(t, Start)] == [True, False]


def test_lines_are_counted():
    assert [t.line for t in tokens("<a>\n<b\n>\n<c>") if isinstance(t, Start)] == [1, 2, 4]


@pytest.mark.parametrize("piece", ["<", "<!--", "<a ", "</", "&#", "<![if ", "<a href='", "<a b=\"c' ", "<?"])
def test_time_grows_with_the_length_only(piece):
    started = time.perf_counter()
    assert sum(1 for _ in tokens(piece * 100_000)) >= 0
    assert time.perf_counter() - started < 5  # 0.1 s; minutes if it were quadratic
