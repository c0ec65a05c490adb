"""The encoding of a text is found."""

import pytest

from prikk.reading.formats._decode import decode

TEXT = "Færder;Åmli;Bø;Mål\n" * 20


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8 with a byte-order mark"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("latin-1", "latin-1"),
        ("cp850", "cp850"),
        ("cp865", "cp850"),
    ],
)
def test_every_usual_encoding_is_found(codec, name):
    found = decode(TEXT.encode(codec))
    assert (found.text, found.encoding, found.lost) == (TEXT, name, 0)


def test_typographic_signs_of_windows_are_no_dos_letters():
    text = "Mål – «prosent» …\u2019s €\n" * 5
    assert decode(text.encode("cp1252")).text == text


def test_a_broken_place_in_utf8_is_told_and_the_rest_kept():
    found = decode(TEXT.encode() + b"\xc3")
    assert (found.encoding, found.lost) == ("utf-8", 1)
    assert found.assumptions == ("encoding utf-8, 1 places of which are not valid",)


def test_plain_ascii_needs_no_words():
    assert decode(b"a;1\n").assumptions == ()


@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 4, b"\x00\x01\x02\x03" * 50, b"\x7fELF\x02\x01\x01\x00" + bytes(99)]
)
def test_what_is_no_text_is_none(data):
    assert decode(data) is None
