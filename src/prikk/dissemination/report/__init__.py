"""The release as a report to read and to print: one PDF a language, and what it tells of the statistic."""

from prikk.dissemination.report._facts import Fact, Line, about_facts, cover_facts, period_status
from prikk.dissemination.report._remarks import Remark, marks, note_places, remarks_of
from prikk.dissemination.report._report import report
from prikk.dissemination.report._words import report_words

__all__ = [
    "Fact",
    "Line",
    "Remark",
    "about_facts",
    "cover_facts",
    "marks",
    "note_places",
    "period_status",
    "remarks_of",
    "report",
    "report_words",
]
