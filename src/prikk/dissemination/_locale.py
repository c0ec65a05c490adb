"""Numbers, months and languages as people write them; from the Unicode CLDR through babel."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from babel import Locale, UnknownLocaleError
from babel.dates import format_skeleton
from babel.numbers import format_decimal

from prikk.spec import Period, ReleaseSpec


def locale_of(language: str) -> Locale:
    """The locale of a language; English for one that CLDR does not know."""
    try:
        return Locale.parse(language)
    except UnknownLocaleError:
        return Locale.parse("en")


def number_writer(language: str) -> Callable[[int], str]:
    r"""What writes a whole number with the language's grouping.

    >>> number_writer("nb")(77818)
    '77\xa0818'
    """
    return partial(format_decimal, locale=locale_of(language))


def language_name(language: str) -> str:
    """What a language calls itself.

    >>> language_name("nb")
    'Norsk bokmål'
    """
    try:
        return _upper_first(Locale.parse(language).get_display_name() or language)
    except UnknownLocaleError:
        return language


def period_labels(spec: ReleaseSpec, language: str) -> tuple[str, ...]:
    """A heading for each period; the year is in it when the periods are of more than one year."""
    years = {p.first_month.year for p in spec.periods}
    write = _with_year if len(years) > 1 else _without_year
    return tuple(write(p, spec, language) for p in spec.periods)


def period_label(period: Period, spec: ReleaseSpec, language: str) -> str:
    """What a period is called, with its year: ``Januar 2022``."""
    return _with_year(period, spec, language)


def period_range(spec: ReleaseSpec, language: str) -> str:
    """The first and the last period, such as ``Januar - Juli 2022``; two with others between them as a list."""
    first, last = spec.periods[0], spec.periods[-1]
    end = _with_year(last, spec, language)
    if first == last:
        return end
    if apart(spec):
        return f"{_with_year(first, spec, language)}, {end}"
    same_year = first.first_month.year == last.first_month.year
    return f"{(_without_year if same_year else _with_year)(first, spec, language)} - {end}"


def apart(spec: ReleaseSpec) -> bool:
    """Whether the periods are two that do not follow each other."""
    return len(spec.periods) == 2 and spec.release.periods.step > 1


def _without_year(period: Period, spec: ReleaseSpec, language: str) -> str:
    locale, month = locale_of(language), period.first_month.month
    if spec.release.periods.every == "year":
        return period.code
    monthly = spec.release.periods.every == "month"
    names = locale.months if monthly else locale.quarters
    return _upper_first(names["stand-alone"]["wide"][month if monthly else (month + 2) // 3])


def _with_year(period: Period, spec: ReleaseSpec, language: str) -> str:
    skeleton = {"month": "yMMMM", "quarter": "yQQQQ", "year": None}[spec.release.periods.every]
    if skeleton is None:
        return period.code
    return _upper_first(format_skeleton(skeleton, period.first_month, locale=locale_of(language)))


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]
