"""The boats as files to read. Written anew by ``python tests/golden/reporting/test_golden.py``."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from prikk.reporting import AuditReport
from unit.reporting.reports import every_kind

FOLDER = Path(__file__).parent / "boats"


def page(report: AuditReport) -> str:
    """The page without its style and script, which are files of their own, and their digests."""
    text = re.sub(r"<(style|script)>.*?</\1>", r"<\1>…</\1>", report.to_html(), flags=re.DOTALL)
    return re.sub(r"sha256-[\w+/=]+", "sha256-…", text)


FORMS: dict[str, Callable[[AuditReport], str]] = {
    "report.json": AuditReport.to_json,
    "report.txt": AuditReport.to_text,
    "report.nb.txt": lambda report: report.to_text(language="nb"),
    "page.html": page,
    "notebook.html": AuditReport._repr_html_,
}


@pytest.mark.parametrize("name", FORMS)
def test_the_boats_are_told_as_they_were(name: str) -> None:
    assert FORMS[name](every_kind()) == (FOLDER / name).read_text(encoding="utf-8")


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, form in FORMS.items():
        (FOLDER / name).write_text(form(every_kind()), encoding="utf-8")
