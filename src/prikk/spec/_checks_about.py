"""What a release says of itself: that notes stand at something, and periods are periods of the release."""

from __future__ import annotations

from collections.abc import Iterator

from prikk.errors import Finding, nearest
from prikk.spec._about import Note, Text
from prikk.spec._model import ReleaseSpec


def texts_about(spec: ReleaseSpec) -> list[tuple[str, Text]]:
    """Every text that must be there in all languages, with its place."""
    release = spec.release
    texts = [(f"release.{k}", t) for k in ("unit", "publisher") if (t := getattr(release, k))]
    if release.contact is not None:
        texts.append(("release.contact.name", release.contact.name))
    texts += [(f"notes[{i}].text", note.text) for i, note in enumerate(spec.notes, start=1)]
    for i, definition in enumerate(spec.definitions, start=1):
        texts += [(f"definitions[{i}].term", definition.term), (f"definitions[{i}].text", definition.text)]
    return texts


def check_about(spec: ReleaseSpec, name: str) -> Iterator[Finding]:
    """Give every finding on periods and notes."""
    release = spec.release
    try:
        known = [p.code for p in spec.periods]
    except ValueError:
        return  # the periods themselves are wrong, and found elsewhere
    for key in ("preliminary", "revised"):
        for code in getattr(release, key):
            if code not in known:
                what = f"'{code}' is no period of the release.{nearest(code, known)}"
                fix = "Use periods as in release.periods."
                yield Finding(code="about-period", what=what, where=f"{name}, release.{key}", fix=fix)
    due = release.next_release
    if due is not None and release.published is not None and due <= release.published.date():
        what, fix = "the next release is not after this one.", "Correct 'published' or 'next'."
        yield Finding(code="about-next", what=what, where=f"{name}, release.next", fix=fix)
    if "csvw" in release.formats and "csv" not in release.formats:
        what, fix = "'csvw' describes the files of 'csv'.", "Add 'csv', or take 'csvw' out."
        yield Finding(code="about-formats", what=what, where=f"{name}, release.formats", fix=fix)
    for i, note in enumerate(spec.notes, start=1):
        yield from _note(note, spec, known, f"{name}, notes[{i}]")


def _note(note: Note, spec: ReleaseSpec, periods: list[str], where: str) -> Iterator[Finding]:
    given = [k for k in ("table", "dimension", "at") if getattr(note, k)]
    if len(given) > 1:
        what = f"it stands at several things: {', '.join(given)}."
        yield Finding(code="note-place", what=what, where=where, fix="Choose one, or write several notes.")
    if note.table is not None and note.table > len(spec.tables):
        what, fix = f"there is no table {note.table}.", f"Use a number from 1 to {len(spec.tables)}."
        yield Finding(code="note-table", what=what, where=where, fix=fix)
    names = ["period", *spec.dimensions]
    for key in [*([note.dimension] if note.dimension else []), *note.at]:
        if key not in names:
            what, fix = f"'{key}' is not a dimension.", f"Use one of {', '.join(names)}.{nearest(key, names)}"
            yield Finding(code="note-dimension", what=what, where=where, fix=fix)
    period = note.at.get("period")
    if period is not None and period not in periods:
        what = f"'{period}' is no period of the release.{nearest(period, periods)}"
        yield Finding(code="note-period", what=what, where=where, fix="Use a period as in release.periods.")
