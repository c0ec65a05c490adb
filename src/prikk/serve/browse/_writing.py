"""How a language writes the facts of a release: numbers, periods, dates, and signs where no figure is shown."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup, escape

from prikk.dissemination import Facts
from prikk.dissemination.exchange import ABSENT, HIDDEN, NIL
from prikk.dissemination.site import SiteWords, Speech, locale_of, site_words
from prikk.serve.browse._languages import told, words
from prikk.serve.browse._words import Words
from prikk.spec import Period, periods_of


@dataclass(frozen=True, kw_only=True)
class Writing:
    """One language's view of the facts of a release."""

    facts: Facts
    language: str

    @cached_property
    def say(self) -> Words:
        """The words of the pages."""
        return words(self.language)

    @cached_property
    def site(self) -> SiteWords:
        """The words that the static sites have too."""
        return site_words(self.language)

    @cached_property
    def speech(self) -> Speech:
        """What writes numbers, periods and dates."""
        facts = self.facts
        return Speech(language=self.language, locale=locale_of(self.language), every=facts.every)

    def text(self, name: str) -> str:
        """A text of the facts, such as ``title``; empty where there is none."""
        return told(getattr(self.facts, name), self.language)

    def variable(self, name: str) -> str:
        """What an axis is called."""
        return told(self.facts.variables[name], self.language)

    @cached_property
    def _plain_groups(self) -> str | None:
        """What stands between thousands where every three digits are a group, as in most languages."""
        group = self.speech.group
        alike = self.speech.number(123456789) == f"{123456789:,}".replace(",", group)
        return group if alike and self.speech.number(1234) == f"{1234:,}".replace(",", group) else None

    def number(self, value: int) -> str:
        """A whole number; a thousand times faster than by the rules of any language."""
        group = self._plain_groups
        return self.speech.number(value) if group is None or value < 0 else f"{value:,}".replace(",", group)

    def figure(self, value: int) -> str:
        """A figure of a data set, or the sign that stands for it."""
        signs = self.facts.signs
        known = {HIDDEN: signs.hidden, NIL: signs.nil, ABSENT: signs.absent}
        return known.get(value) or self.number(value)

    @cached_property
    def marks(self) -> dict[int, Markup]:
        """The cells of a table where no figure is shown: a sign to see and words to hear."""
        signs, say = self.facts.signs, self.say
        kinds = ((HIDDEN, signs.hidden, say.hidden, "h"), (NIL, signs.nil, say.nil, "n"))
        cell = Markup('<td class="{}"><span aria-hidden="true">{}</span><span class="unseen">{}</span></td>')
        return {
            mark: cell.format(kind, sign, heard)
            for mark, sign, heard, kind in (*kinds, (ABSENT, signs.absent, say.absent, "x"))
        }

    def cell(self, value: int) -> str:
        """A figure as a cell of a table, in HTML."""
        return self.marks.get(value) or f"<td>{escape(self.number(value))}</td>"

    def period(self, code: str) -> str:
        """A period in the middle of a sentence."""
        return self.speech.period(self.point(code))

    def point(self, code: str) -> Period:
        """The period of a code."""
        return periods_of(code, code, self.facts.every, "end of period")[0]

    def span(self, codes: tuple[str, ...]) -> str:
        """Two periods and all between them; a gap between is said by a comma."""
        if len(codes) == 2 and len(periods_of(codes[0], codes[1], self.facts.every, "end of period")) > 2:
            return ", ".join(map(self.period, codes))
        return self.speech.span(self.point(codes[0]), self.point(codes[-1]))

    def date(self, day: dt.date) -> str:
        """A day."""
        return self.speech.date(day)

    def published(self) -> str:
        """The moment of publication; empty where the release does not tell it."""
        return self.speech.moment(self.facts.published) if self.facts.published else ""
