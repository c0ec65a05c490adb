"""What notes and legends say about markers: which hide, which mean nothing there, and below what figures are hidden."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from prikk.reading._text import plain

Meaning = Literal["hidden", "missing", "nil"]

_HIDING = re.compile(
    r"skjul|skjerm|konfidens|confiden|suppress|undertrykk|prikk|sekretess|hidden|withheld|disclos|vises ikke|blir ikkje vist"
    r"|not shown|personvern|privacy|anonym|identifi|(?:mindre|lavere|lågare|færre|färre|mindre) (?:enn|end|än)|(?:less|fewer|lower) than"
    r"|\bbelow \d|\bunder \d|eller færre|eller mindre|or fewer|or less|diskresjon|diskretion|statistikklov|geheim|salat|salassa|tietosuoja|secret\b|trúnað|nicht veröffentlicht|unterdrückt|\bunter \d|weniger als"
)
_MISSING = re.compile(
    r"mangl|ikke tilgjengelig|ikkje tilgjengeleg|ikke mulig|ikke aktuel|ikke relevant|foreligger ikke|not available|missing"
    r"|(?:ingen|inga|no) (?:tabell|tabel|table)|ikke publisert|ikkje publisert|not published|not possible|not applicable|no data|unknown|ukjent|oppgave|kan ikke forekomme|kan ikkje|saknas|inte tillgänglig|uoplyst|nicht verfügbar|keine angabe|unbekannt"
)
_NIL = re.compile(
    r"\bnull\b|\bnil\b|\bzero\b|\bnoll\b|\bingen\b|\bnone\b|nichts vorhanden|(?:^|[=: ])0$|verdien 0|value 0"
)
_NUMBERS = {
    word: number
    for words in ("to tre fire fem seks sju åtte ni ti", "two three four five six seven eight nine ten",
                  "två tre fyra fem sex sju åtta nio tio")
    for number, word in enumerate(words.split(), start=2)
}  # fmt: skip
_N = rf"(\d{{1,3}}|{'|'.join(_NUMBERS)})(?![\d.,]*\d| ?(?:år|years?|prosent|%|per ?cent|pst)\b)"
_BELOW = re.compile(
    rf"(?:mindre|lavere|lågare|færre|färre|less|fewer|lower|smaller|weniger|kleiner)(?: or equal)? (?:enn|end|än|than|als) {_N}|\b(?:under|below|unter) {_N}|< ?{_N}"
)
_UP_TO = re.compile(
    rf"{_N} (?:eller|or) (?:færre|mindre|lavere|fewer|less|lower|smaller|under|below)|(?:høyst|at most|maks|högst|up to) {_N}|≤ ?{_N}"
)
_RANGE = re.compile(r"(?<![\d§.-])([01]) ?(?:-|–|til|to|og|and|through) ?(\d{1,2})(?![\d.-])")
_NOT_ZERO = re.compile(
    r"(?:men ikke|men ikkje|but not|unntatt|bortsett fra|except|utenom|excluding) (?:0|null|zero)|mellom 1 og|between 1 and|større enn (?:0|null)"
)
_AND_ZERO = re.compile(
    r"(?:inkludert|medregnet|også|including|zero included|og) (?:0|null|zero)\b|zero included|null inkludert"
)
_PROTECTS = re.compile(
    r"for å (?:beskytte|verne|hindre|unngå at)|eller (?:det |den |de )?(?:er )?(?:skjul|skjerm|gøym)|or (?:it is |they are )?(?:hidden|withheld) (?:so|to|for)|to protect (?:such|other|another)|secondar|sekundær|indirekte"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a line says of the rule; None where it says nothing."""

    threshold: int | None = None
    zeros: Literal["hidden", "shown"] | None = None
    protects: bool = False


def meaning_of(token: str, lines: Iterable[str]) -> Meaning | None:
    """Give what the lines say a marker stands for; None when none speaks of it.

    >>> meaning_of("*", ["Tall mindre enn 4 er erstattet med «*»."]), meaning_of("..", [".. = mangler, * = skjult"])
    ('hidden', 'missing')
    """
    for line in lines:
        said = _about(token, plain(line))
        if said is None:
            continue
        text = said.casefold()
        for meaning, pattern in (("missing", _MISSING), ("hidden", _HIDING), ("nil", _NIL)):
            if pattern.search(text):
                return meaning  # type: ignore[return-value]
    return None


def speaks_of_combinations(token: str, lines: Iterable[str]) -> bool:
    """Whether a line says that a marker stands for a combination (of codes), and not for a figure.

    >>> speaks_of_combinations("-", ["- = nil: the combination is in none of the periods."])
    True
    """
    told = (_about(token, plain(line)) for line in lines)
    return any(re.search(r"kombina[st]|combination", text.casefold()) for text in told if text is not None)


def _about(token: str, line: str) -> str | None:
    """The words about a token: what follows "* =", or the whole line where the token stands in quotes."""
    mark = re.escape(token)
    defined = re.search(
        rf"(?:^|[\s,;(.])[\"'«“]?{mark}[\"'»”]?\s*(?:=|:(?!\S)|–|betyr|betegner|means|står for)\s*(.+)", line
    )
    if defined is None:
        defined = re.match(rf"[\"'«“]?{mark}[\"'»”]?\s+([A-ZÆØÅa-zæøå].+)", line)
    if defined is not None:
        return re.split(r"[;,.]\s+\S{1,3}\s*[=:]\s", defined[1])[0]
    quoted = re.search(rf"[\"'«“(]{mark}[\"'»”)]", line)
    starred = token.startswith("*") and re.search(rf"(?<!\*){mark}(?!\*)", line)
    return line if quoted or starred else None


def is_about_hiding(line: str) -> bool:
    """Whether a line speaks of figures that are not shown."""
    return bool(_HIDING.search(plain(line).casefold()))


def rule_in(line: str) -> Rule:
    """Read threshold and zeros from a line about hiding.

    >>> rule_in("Tall lavere enn 4, men ikke 0 (1–3), vises ikke")
    Rule(threshold=4, zeros='shown', protects=False)
    """
    text = plain(line).casefold()
    zeros: Literal["hidden", "shown"] | None = None
    threshold = _first(_BELOW.search(text))
    upper = _first(_UP_TO.search(text))
    if threshold is None and upper is not None:
        threshold = upper + 1
    span = _RANGE.search(text)
    if span is not None and (threshold is None or int(span[2]) == threshold - 1):
        threshold = int(span[2]) + 1
        zeros = "hidden" if span[1] == "0" else "shown"
    if _NOT_ZERO.search(text):
        zeros = "shown"
    elif _AND_ZERO.search(text):
        zeros = "hidden"
    return Rule(threshold=threshold, zeros=zeros, protects=bool(_PROTECTS.search(text)))


def _first(match: re.Match[str] | None) -> int | None:
    if match is None:
        return None
    text = next(g for g in match.groups() if g is not None)
    return int(text) if text.isdecimal() else _NUMBERS[text]


def rules_in(lines: Sequence[str]) -> list[Rule]:
    """Read the lines that speak of hiding and name a number or zero."""
    found = [rule_in(line) for line in lines if is_about_hiding(line)]
    return [r for r in found if r != Rule()]
