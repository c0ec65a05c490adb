"""The words by which published tables name totals, quantities and markers, in the Nordic languages, English and German."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache

from prikk.reading._text import key

_TOTALS = frozenset(
    """i alt|ialt|alt|total|totals|totalt|totale|totalen|begge|begge kjønn|begge køn|alle|alle aldre|alle grupper|both|both sexes
    |all|all ages|all persons|sum|sum total|summe|hele landet|landet|hela landet
    |riket|hele riket|summa|samtliga|båda könen|båda|totalsumma|gesamt|insgesamt|zusammen|ensemble|to sammen|tilsammen|grand total|overall
    |any|sammenlagt|uansett alder|befolkningen i alt|whole country|the whole country|national|kaikki|yhteensä""".replace(
        "\n", ""
    )
    .replace("    ", "")
    .split("|")
)
_COUNTRIES = frozenset(
    """norge|noreg|danmark|sverige|island|finland|norway|denmark|sweden|iceland|ísland|suomi|england|scotland|wales|northern ireland
    |united kingdom|uk|great britain|ireland|deutschland|germany|österreich|austria|schweiz|switzerland|nederland|netherlands|france
    |eesti|estonia|latvija|latvia|lietuva|lithuania|grønland|føroyar|færøerne""".replace("\n", "")
    .replace("    ", "")
    .split("|")
)
_CODES = frozenset(("T", "TOT", "TOTAL", "_T", "TOTALT", "IALT", "Total", "ALL", "ALLE", "TT", "00_TOT"))
_WHOLE = re.compile(r"(?:the )?(?:alle|all|begge|both|samtliga|hele|hela|whole|entire) [\w-]+(?: [\w-]+)?")
_BEFORE = re.compile(
    r"(?:i alt|ialt|totalt|total|sum|summa|subtotal|insgesamt|gesamt)[ ,:–-]+(?:for |of |av )?(.+)"
)
_AFTER = re.compile(r"(.+?)[ ,:–(-]+(?:i alt|ialt|totalt|total|tilsammen|samlet|insgesamt|subtotal)\)?")


@lru_cache(maxsize=1 << 14)
def is_total(label: str) -> bool:
    """Whether a label by itself means everything: "I alt", "Begge kjønn", "Alle aldre".

    >>> [is_total(x) for x in ("I alt", "Begge kjønn", "All ages", "TOTAL", "Oslo", "Altona")]
    [True, True, True, True, False, False]
    """
    plain = key(label)
    return plain in _TOTALS or plain in _COUNTRIES or label.strip() in _CODES or bool(_WHOLE.fullmatch(plain))


def is_country(label: str) -> bool:
    """Whether a total word is also the name of a country, which may stand beside others."""
    return key(label) in _COUNTRIES


@lru_cache(maxsize=1 << 14)
def totalled(label: str) -> str:
    """Give what a label says it is the total of, or nothing.

    >>> totalled("I alt lønnstilskudd"), totalled("Menn i alt"), totalled("Oslo")
    ('lønnstilskudd', 'menn', '')
    """
    plain = key(label)
    if is_total(label):
        return ""
    match = _BEFORE.fullmatch(plain) or _AFTER.fullmatch(plain)
    return match[1].strip(" ,:-()") if match else ""


def total_label(label: str) -> str:
    """Give the label of a total without what it is the total of.

    >>> total_label("I alt 20-24 år"), total_label("Begge kjønn")
    ('I alt', 'Begge kjønn')
    """
    rest = totalled(label)
    at = label.casefold().find(rest) if rest else -1
    return label[:at].strip(" ,:–-") or label if at > 0 else label


class Role(IntEnum):
    """What a column of figures holds."""

    COUNT = 0
    PERCENT = 1
    CHANGE = 2
    GROWTH = 3
    RATE = 4
    OTHER = 5


_PERCENT = re.compile(
    r"%|\b(?:prosent|prosentandel|procent|pst|pct|percent|percentage|per cent|andel|andelen|andeler|share|proportion|prozent|anteil)\b"
)
_CHANGE = re.compile(
    r"\b(?:endring|endringer|endret|ændring|förändring|change|difference|differanse|differens|vekst|vækst|growth|økning|nedgang"
    r"|fra i fjor|since last year|veränderung|diff)\b"
)
_RATE = re.compile(
    r"\b(?:incidens|insidens|incidence|rate|rater|ratio|per (?:1 ?000|10 ?000|100 ?000)|pr (?:1 ?000|100 ?000)|promille)\b"
)
_PER = re.compile(r"(?:per|pr)\.? ?(1 ?000 ?000|100 ?000|10 ?000|1 ?000|100)\b")
_OTHER = re.compile(
    r"\b(?:gjennomsnitt|gennemsnit|gjennomsnittlig|average|mean|median|kroner|nok|beløp|amount|indeks|index|timer|hours|varighet)\b"
)
_COUNT = re.compile(
    r"\b(?:antall|antal|tal|tall|number|numbers|count|counts|personer|persons|people|freq|frequency|n|anzahl|antallet|verdi|value|values"
    r"|værdi|värde|obs value|frekvens|personer i mnd)\b"
)


@lru_cache(maxsize=1 << 13)
def role_of(heading: str) -> Role | None:
    """Give what a heading says its figures are; None when it says nothing.

    >>> [r and r.name for r in map(role_of, ("Prosent", "Endring fra i fjor", "Endring i prosent", "Vest"))]
    ['PERCENT', 'CHANGE', 'GROWTH', None]
    """
    plain = key(heading)
    percent, change = bool(_PERCENT.search(plain)), bool(_CHANGE.search(plain))
    if change:
        return Role.GROWTH if percent else Role.CHANGE
    if percent:
        return Role.PERCENT
    if _RATE.search(plain):
        return Role.RATE
    if _OTHER.search(plain):
        return Role.OTHER
    return Role.COUNT if names_count(heading) else None


@lru_cache(maxsize=1 << 13)
def names_count(heading: str) -> bool:
    """Whether a heading has a word for a number of something."""
    return bool(_COUNT.search(key(heading)))


def rate_base(heading: str) -> int:
    """Give the base of a rate: 100 000 of "per 100 000 innbyggere"; 100 where none is named."""
    match = _PER.search(key(heading))
    if match:
        return int(match[1].replace(" ", ""))
    return 1000 if "promille" in key(heading) or "‰" in heading else 100


@lru_cache(maxsize=1 << 13)
def without_role(heading: str) -> str:
    """Give what is left of a heading without the words for count, percentage and change.

    >>> without_role("Antall kvinner"), without_role("Prosent, kvinner")
    ('kvinner', 'kvinner')
    """
    plain = key(heading)
    for pattern in (_PERCENT, _CHANGE, _RATE, _COUNT):
        plain = pattern.sub(" ", plain)
    words = [w for w in re.split(r"[^\w/-]+", plain) if w not in _FILLERS]
    return " ".join(words)


_FILLERS = frozenset(("", "i", "av", "of", "in", "from", "fra", "the", "og", "and", "-", "per", "pr"))

_LABEL_HEADS = re.compile(
    r"(?:kode|code|nr|nummer|id|region|kommune|fylke|land|country|county|municipality|navn|name|kjønn|køn|kön|sex|gender|alder|age|ålder"
    r"|år|year|jahr|måned|month|månednummer|kvartal|quarter|periode|period|tid|time|dato|date|uke|week|næring|industry|bydel|district|"
    r"yrke|gruppe|group|nivå|level|kategori|category|type|status|variable|variabel|measure|stub)"
)


@lru_cache(maxsize=1 << 13)
def names_label(heading: str) -> bool:
    """Whether a heading is one of a column that says what a row is about.

    >>> [names_label(x) for x in ("År", "Kommune_(id)", "D_År-Måned", "Antall", "Befolkningstal")]
    [True, True, True, False, False]
    """
    return not names_count(heading) and any(
        _LABEL_HEADS.fullmatch(w) for w in re.split(r"[^\w]+|_", key(heading))
    )


_AUXILIARY = frozenset(
    [
        "label",
        "etikett",
        "tekst",
        "text",
        "row",
        "rad",
        "rekke",
        "table",
        "tabell",
        "family",
        "index",
        "#",
        "line",
        "linje",
        "note",
        "merknad",
        "footnote",
        "bold",
        "sort",
        "order",
        "rekkefølge",
    ]
)


def is_auxiliary(heading: str) -> bool:
    """Whether a column helps to lay out a list and says nothing of what is counted."""
    return key(heading) in _AUXILIARY or not key(heading)
