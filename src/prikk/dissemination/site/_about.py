"""The page about the statistic."""

from __future__ import annotations

from typing import Any

from prikk.dissemination._notes import legend, rule_text
from prikk.dissemination.site._front import table_range
from prikk.dissemination.site._notes import all_notes
from prikk.dissemination.site._view import View, family_page
from prikk.spec import TOTAL


def about(view: View) -> dict[str, Any]:
    """What the template of the page needs, but for the files."""
    spec, symbol = view.spec, view.spec.protection.symbol
    return {
        "facts": facts(view),
        "definitions": [(view.text(d.term), view.text(d.text)) for d in spec.definitions],
        "dimensions": [_dimension(view, name) for name in spec.dimensions],
        "rule": rule_text(spec, view.language),
        "signs": legend(spec, view.language),
        "audit": view.say.audit
        if spec.protection.method == "suppress" and not spec.protection.accept
        else "",
        "notes": all_notes(view, "note"),
        "breaks": all_notes(view, "break"),
        "uses": [
            view.say.use_figures if spec.release.licence else "",
            view.say.use_hidden,
            view.say.use_codes.format(total=TOTAL, symbol=symbol),
            view.say.use_site,
        ],
        "contents": [
            (family_page(view.language, n), view.family_title(n, t), table_range(view, t))
            for n, t in view.families()
        ],
    }


def facts(view: View) -> list[tuple[str, str]]:
    """When and of what the release is: names and texts."""
    say, release, speech = view.say, view.spec.release, view.speech
    periods = {p.code: p for p in view.spec.periods}

    def listed(codes: tuple[str, ...]) -> str:
        return ", ".join(speech.period(periods[code]) for code in codes)

    found = [
        (say.period, speech.span(view.spec.periods[0], view.spec.periods[-1])),
        (say.unit, view.text(release.unit)),
        (say.published, speech.moment(release.published) if release.published else ""),
        (say.next_release, speech.date(release.next_release) if release.next_release else ""),
        (say.preliminary, listed(release.preliminary)),
        (say.revised, listed(release.revised)),
    ]
    return [(name, text) for name, text in found if text]


def _dimension(view: View, name: str) -> tuple[str, str, list[str]]:
    classification = view.cube.classifications[name]
    levels, count = len(classification.levels), len(classification.items)
    words = view.say.levels if levels > 1 else view.say.bands
    return (
        view.name(name),
        words.format(count=count, levels=levels),
        [view.label(name, c) for c in view.top(name)],
    )
