"""The formats of answers: which there are, how each is asked for and written, and the parameters that it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from prikk.dissemination import Dataset
from prikk.dissemination.exchange import px
from prikk.serve.api._json_stat import json_stat
from prikk.serve.api._problems import ProblemError, bad, nearest, quoted
from prikk.serve.api._selection import Selection
from prikk.serve.api._sheet import Labels, Sheet, sheet
from prikk.serve.api._writers import Look, as_csv, as_html, as_json_px, as_parquet, as_xlsx

DEFAULT = "json-stat2"
_SEPARATORS = {"SeparatorTab": "\t", "SeparatorSpace": " ", "SeparatorSemicolon": ";"}
_LABELS = {labels.value: labels for labels in Labels}
_READABLE = frozenset({*_LABELS, "IncludeTitle"})
PARAMETERS: tuple[str, ...] = ("UseCodes", "UseTexts", "UseCodesAndTexts", "IncludeTitle", *_SEPARATORS)
"""The parameters of formats."""
_USUAL = Look()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What is written: some codes of a data set in a language, with a look."""

    dataset: Dataset
    wanted: Selection
    language: str
    look: Look

    @property
    def selected(self) -> Dataset:
        """The part as a data set."""
        return self.dataset.select(self.wanted.places).in_language(self.language)

    @property
    def sheet(self) -> Sheet:
        """The part as it is read on paper."""
        return sheet(self.selected, self.language, self.wanted.placed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format: its media type, the ending of a file that is saved (empty: none is), the parameters that it takes."""

    write: Callable[[Part], bytes]
    media_type: str
    ending: str = ""
    takes: frozenset[str] = frozenset()


FORMATS: Mapping[str, Format] = {
    "json-stat2": Format(
        write=lambda p: json_stat(p.dataset, p.wanted, p.language), media_type="application/json"
    ),
    "px": Format(
        write=lambda p: px(p.selected, p.wanted.placed), media_type="application/octet-stream", ending="px"
    ),
    "csv": Format(
        write=lambda p: as_csv(p.sheet, p.look),
        media_type="text/csv; charset=utf-8",
        ending="csv",
        takes=_READABLE | set(_SEPARATORS),
    ),
    "xlsx": Format(
        write=lambda p: as_xlsx(p.sheet, p.look),
        media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ending="xlsx",
        takes=_READABLE,
    ),
    "html": Format(
        write=lambda p: as_html(p.sheet, p.look, p.language),
        media_type="text/html; charset=utf-8",
        takes=_READABLE,
    ),
    "json-px": Format(write=lambda p: as_json_px(p.sheet), media_type="application/json"),
    "parquet": Format(
        write=lambda p: as_parquet(p.selected), media_type="application/vnd.apache.parquet", ending="parquet"
    ),
}
"""The formats by the names that clients give."""

_ACCEPTED = {
    "application/json": "json-stat2",
    "application/vnd.json-stat2+json": "json-stat2",
    "text/csv": "csv",
    "text/html": "html",
    FORMATS["xlsx"].media_type: "xlsx",
    "application/vnd.apache.parquet": "parquet",
    "application/x-px": "px",
    "*/*": DEFAULT,
    "application/*": "json-stat2",
    "text/*": "csv",
}


def format_of(asked: str, accept: str) -> str:
    """The format that is asked for by name, or else by ``Accept``.

    Raises:
        ProblemError: 400 for a name that there is not, 406 where nothing that is accepted can be sent.
    """
    if asked:
        if asked.lower() in FORMATS:
            return asked.lower()
        fix = f"The formats are {', '.join(FORMATS)}.{nearest(asked, FORMATS)}"
        raise bad(f"There is no format {quoted(asked)}.", "outputFormat", fix)
    return negotiated(accept) if accept and accept != "*/*" else DEFAULT


@lru_cache(maxsize=256)
def negotiated(accept: str) -> str:
    """The first format of the highest quality that a header ``Accept`` names.

    >>> negotiated("text/html,application/xhtml+xml,*/*;q=0.8")
    'html'
    """
    best: tuple[float, str] = (0.0, "")
    for item in accept.lower().split(","):
        kind, *parameters = (part.strip() for part in item.split(";"))
        quality = _quality(parameters)
        if kind in _ACCEPTED and quality > best[0]:
            best = (quality, _ACCEPTED[kind])
    if not best[1]:
        fix = f"Accept one of {', '.join(f.media_type for f in FORMATS.values())}, or name an outputFormat."
        raise ProblemError(406, "Nothing that is accepted can be sent.", "the header Accept", fix)
    return best[1]


def _quality(parameters: Iterable[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0


def look_of(format_: str, given: Sequence[str]) -> Look:
    """How a format is to look; a problem for parameters that it does not take, or that exclude each other."""
    if not given:
        return _USUAL
    known = {name.lower(): name for name in PARAMETERS}
    names = set()
    for text in given:
        name = known.get(text.lower())
        if name is None:
            fix = f"The parameters are {', '.join(PARAMETERS)}.{nearest(text, PARAMETERS)}"
            raise bad(f"There is no parameter {quoted(text)}.", "outputFormatParams", fix)
        names.add(name)
    if others := sorted(names - FORMATS[format_].takes):
        takes = ", ".join(p for p in PARAMETERS if p in FORMATS[format_].takes) or "none"
        what = f"The format {format_} does not take {', '.join(others)}."
        raise bad(what, "outputFormatParams", f"It takes: {takes}.")
    for group in (_LABELS, _SEPARATORS):
        if len(both := sorted(names & set(group))) > 1:
            raise bad(f"{' and '.join(both)} exclude each other.", "outputFormatParams", "Give one of them.")
    return Look(
        labels=next((_LABELS[n] for n in names if n in _LABELS), Labels.TEXTS),
        title="IncludeTitle" in names,
        separator=next((_SEPARATORS[n] for n in names if n in _SEPARATORS), ","),
    )
