"""Numbers, periods and dates as the pages write them, in running text too."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal, get_decimal_symbol

from prikk.dissemination._locale import apart, locale_of
from prikk.spec import Period, ReleaseSpec

MINUS = "\N{MINUS SIGN}"
NO_BREAK = "\N{NO-BREAK SPACE}"
_DATES = {"nb": "d. MMMM y", "nn": "d. MMMM y", "en": "d MMMM y"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """How one language writes what is worked out."""

    language: str
    locale: Locale
    every: str
    apart: bool = False

    def number(self, value: int) -> str:
        """A whole number with groups; a real minus sign."""
        text: str = format_decimal(abs(value), locale=self.locale)
        return f"{MINUS}{text}" if value < 0 else text

    def signed(self, value: int) -> str:
        """A whole number that says which way it goes."""
        return f"+{self.number(value)}" if value > 0 else self.number(value)

    def tenths(self, value: int) -> str:
        """Tenths with one decimal."""
        whole, rest = divmod(abs(value), 10)
        text = f"{self.number(whole)}{self.decimal}{rest}"
        return f"{MINUS}{text}" if value < 0 else text

    def percent(self, value: int) -> str:
        """Tenths of a per cent with sign and unit."""
        text = f"+{self.tenths(value)}" if value > 0 else self.tenths(value)
        return f"{text}%" if self.language == "en" else f"{text}{NO_BREAK}%"

    @property
    def decimal(self) -> str:
        """What stands before decimals."""
        return get_decimal_symbol(self.locale)

    @property
    def group(self) -> str:
        """What stands between thousands."""
        return self.number(1000000)[1]

    def period(self, period: Period) -> str:
        """A period in the middle of a sentence, with its year."""
        skeleton = {"month": "yMMMM", "quarter": "yQQQQ", "year": None}[self.every]
        if skeleton is None:
            return period.code
        return format_skeleton(skeleton, period.first_month, locale=self.locale)

    def short(self, period: Period) -> str:
        """A period below an axis, without its year (but for years)."""
        month = period.first_month.month
        if self.every == "year":
            return period.code
        names = self.locale.months if self.every == "month" else self.locale.quarters
        number = month if self.every == "month" else (month + 2) // 3
        return str(names["stand-alone"]["abbreviated"][number])

    def span(self, first: Period, last: Period) -> str:
        """Two periods and all between them."""
        if first == last:
            return self.period(first)
        between = ", " if self.apart else " \N{EN DASH} "
        return f"{self.period(first)}{between}{self.period(last)}"

    def date(self, day: dt.date) -> str:
        """A day, the month in letters."""
        return format_date(day, _DATES.get(self.language, "long"), locale=self.locale)

    def moment(self, when: dt.datetime) -> str:
        """A day and the time of day, on the clock of the spec."""
        day = self.date(when.date())
        return f"{day}, {when:%H:%M}" if self.language == "en" else f"{day} kl. {when:%H.%M}"


def speech(spec: ReleaseSpec, language: str) -> Speech:
    """How a language writes the figures of a release."""
    return Speech(
        language=language, locale=locale_of(language), every=spec.release.periods.every, apart=apart(spec)
    )
