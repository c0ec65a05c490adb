"""Whatever a file holds, reading it gives a publication that holds together, or findings with a remedy."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prikk.errors import ReadingError
from prikk.reading import read
from prikk.reading.formats import Limits, open_document
from prikk.tabular import Status
from unit.reading.formats.test_properties import SEEDS
from unit.reading.offices import OFFICES

SMALL = Limits(file_bytes=1_000_000, cells=20_000, pages=5, seconds=20)
DOCUMENTS = {office.name: office.data for office in (make() for make in OFFICES)} | SEEDS
PIECES = ["*", "..", ":", "<5", "I alt", "Total", "herav", "2021", "-1", "0,5", "1e9", "99999999999999999999", "A", "",
          "Menn", "%", "I alt Menn", "01", "é", "(x)", "1 p"]  # fmt: skip
quick = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)


def outcome(name: str, data: bytes) -> None:
    """Read bytes as a document; anything but a sound reading or a finding with a remedy fails."""
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        try:
            found = read([open_document(path, SMALL)])
        except ReadingError as error:
            assert all(f.what and f.fix for f in error.findings)
            return
    publication = found.publication
    shown = publication.status == Status.PUBLISHED
    assert (publication.low[shown] <= publication.high[shown]).all()
    assert len(found.places) == len(publication.table) == len(publication.status)
    assert len(np.unique(publication.table.coords, axis=0)) == len(publication.table)


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
@quick
@given(data=st.data())
def test_a_document_that_is_cut_off_or_has_a_bit_flipped_is_read_or_refused(name, data):
    whole = bytearray(DOCUMENTS[name])
    for _ in range(data.draw(st.integers(0, 3))):
        whole[data.draw(st.integers(0, len(whole) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    cut = data.draw(st.one_of(st.just(len(whole)), st.integers(0, len(whole))))
    outcome(name, bytes(whole[:cut]))


@quick
@given(rows=st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=5), min_size=1, max_size=8))
def test_any_table_of_the_words_that_tables_use_is_read_or_refused(rows):
    outcome("a.csv", "\n".join(";".join(row) for row in rows).encode())


@quick
@given(
    lines=st.lists(
        st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("   ".join), min_size=1, max_size=12
    )
)
def test_any_lines_of_such_words_are_read_or_refused(lines):
    outcome("a.txt", "\n".join(lines).encode())
