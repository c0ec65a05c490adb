"""The words that no spec holds: of files, sheets and pages, in each language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The fixed words of one language; ``{…}`` are places for :meth:`str.format`."""

    about_tables: str
    about: str
    rule: str
    signs: str
    source: str
    contents: str
    table: str
    cells: str
    cells_elsewhere: str
    page_of: str
    languages: str
    downloads: str
    tables_file: str
    cells_file: str
    derived_file: str
    hidden: str
    rule_text: str
    rule_text_not_zero: str
    basis: str
    sign_below: str
    sign_below_not_zero: str
    sign_protected: str
    sign_protected_not_zero: str
    unprotected: str
    to: str
    change: str
    change_percent: str
    share: str
    index: str
    mean: str
    rate: str
    sign_derived: str
    sign_impossible: str


WORDS: Mapping[str, Words] = {
    "nb": Words(
        about_tables="Om tabellene",
        about="Om tallene",
        rule="Personvern",
        signs="Tegnforklaring",
        source="Kilde",
        contents="Innhold",
        table="Tabell",
        cells="Celler",
        cells_elsewhere="Cellene er for mange for et regneark. De er i filen {file}.",
        page_of="Side {page} av {pages}",
        languages="Språk",
        downloads="Last ned",
        tables_file="Radene i tabellene",
        cells_file="Alle cellene i lang form",
        derived_file="Endringer, andeler og andre avledede tall i lang form",
        hidden="skjult av hensyn til personvern",
        rule_text=(
            "Tall lavere enn {threshold} vises ikke. De er erstattet med «{symbol}», for at verdiene ikke "
            "skal kunne føres tilbake til enkeltpersoner."
        ),
        rule_text_not_zero=(
            "Tall lavere enn {threshold}, men ikke 0, vises ikke. De er erstattet med «{symbol}», for at verdiene ikke "
            "skal kunne føres tilbake til enkeltpersoner."
        ),
        basis="Hjemmel: {basis}.",
        sign_below="{symbol} = tallet er lavere enn {threshold} ({span}) og vises ikke, av hensyn til personvern.",
        sign_below_not_zero=(
            "{symbol} = tallet er lavere enn {threshold}, men ikke 0 ({span}), og vises ikke, av hensyn til "
            "personvern."
        ),
        sign_protected=(
            "{symbol} = tallet vises ikke, av hensyn til personvern: Det er lavere enn {threshold}, eller det er skjult for "
            "at slike tall ikke skal kunne regnes ut."
        ),
        sign_protected_not_zero=(
            "{symbol} = tallet vises ikke, av hensyn til personvern: Det er lavere enn {threshold}, men ikke 0, eller det er "
            "skjult for at slike tall ikke skal kunne regnes ut."
        ),
        unprotected=(
            "Ubeskyttet: Ingen andre tall er skjult. Skjulte tall kan derfor delvis regnes ut av summene som "
            "vises."
        ),
        to="til",
        change="Endring fra {earlier}",
        change_percent="Endring fra {earlier}, prosent",
        share="Andel, prosent",
        index="Indeks, {earlier} = 100",
        mean="Gjennomsnitt {year}",
        rate="Per {per} {of}",
        sign_derived="Endringer, andeler og andre avledede tall er regnet ut fra tall som vises, og er skjult der et av dem er skjult.",
        sign_impossible="{sign} = lar seg ikke regne ut: Det finnes ikke noe tall å sammenligne med, eller det er 0.",
    ),
    "nn": Words(
        about_tables="Om tabellane",
        about="Om tala",
        rule="Personvern",
        signs="Teiknforklaring",
        source="Kjelde",
        contents="Innhald",
        table="Tabell",
        cells="Celler",
        cells_elsewhere="Cellene er for mange for eit rekneark. Dei er i fila {file}.",
        page_of="Side {page} av {pages}",
        languages="Språk",
        downloads="Last ned",
        tables_file="Radene i tabellane",
        cells_file="Alle cellene i lang form",
        derived_file="Endringar, delar og andre avleidde tal i lang form",
        hidden="skjult av omsyn til personvern",
        rule_text=(
            "Tal lågare enn {threshold} blir ikkje viste. Dei er erstatta med «{symbol}», for at verdiane ikkje "
            "skal kunne førast tilbake til enkeltpersonar."
        ),
        rule_text_not_zero=(
            "Tal lågare enn {threshold}, men ikkje 0, blir ikkje viste. Dei er erstatta med «{symbol}», for at verdiane ikkje "
            "skal kunne førast tilbake til enkeltpersonar."
        ),
        basis="Heimel: {basis}.",
        sign_below=(
            "{symbol} = talet er lågare enn {threshold} ({span}) og blir ikkje vist, av omsyn til personvern."
        ),
        sign_below_not_zero=(
            "{symbol} = talet er lågare enn {threshold}, men ikkje 0 ({span}), og blir ikkje vist, av omsyn "
            "til personvern."
        ),
        sign_protected=(
            "{symbol} = talet blir ikkje vist, av omsyn til personvern: Det er lågare enn {threshold}, eller det er gøymt for "
            "at slike tal ikkje skal kunne reknast ut."
        ),
        sign_protected_not_zero=(
            "{symbol} = talet blir ikkje vist, av omsyn til personvern: Det er lågare enn {threshold}, men ikkje 0, eller det "
            "er gøymt for at slike tal ikkje skal kunne reknast ut."
        ),
        unprotected=(
            "Ikkje verna: Ingen andre tal er skjulte. Skjulte tal kan difor delvis reknast ut av summane som "
            "er viste."
        ),
        to="til",
        change="Endring frå {earlier}",
        change_percent="Endring frå {earlier}, prosent",
        share="Del, prosent",
        index="Indeks, {earlier} = 100",
        mean="Gjennomsnitt {year}",
        rate="Per {per} {of}",
        sign_derived="Endringar, delar og andre avleidde tal er rekna ut frå tal som er viste, og er skjulte der eitt av dei er skjult.",
        sign_impossible="{sign} = let seg ikkje rekne ut: Det finst ikkje noko tal å samanlikne med, eller det er 0.",
    ),
    "en": Words(
        about_tables="About the tables",
        about="About the figures",
        rule="Privacy",
        signs="Symbols",
        source="Source",
        contents="Contents",
        table="Table",
        cells="Cells",
        cells_elsewhere="There are too many cells for a worksheet. They are in the file {file}.",
        page_of="Page {page} of {pages}",
        languages="Languages",
        downloads="Downloads",
        tables_file="The rows of the tables",
        cells_file="All cells in long form",
        derived_file="Changes, shares and other derived figures in long form",
        hidden="hidden to protect privacy",
        rule_text=(
            "Figures below {threshold} are not shown. They are replaced by “{symbol}”, so that the values "
            "should not lead back to individual people."
        ),
        rule_text_not_zero=(
            "Figures below {threshold}, but not 0, are not shown. They are replaced by “{symbol}”, so that the values "
            "should not lead back to individual people."
        ),
        basis="Legal basis: {basis}.",
        sign_below="{symbol} = the figure is below {threshold} ({span}) and is not shown, to protect privacy.",
        sign_below_not_zero=(
            "{symbol} = the figure is below {threshold}, but not 0 ({span}), and is not shown, to protect "
            "privacy."
        ),
        sign_protected=(
            "{symbol} = the figure is not shown, to protect privacy: it is below {threshold}, or it is hidden so that such "
            "figures cannot be worked out."
        ),
        sign_protected_not_zero=(
            "{symbol} = the figure is not shown, to protect privacy: it is below {threshold}, but not 0, or it is hidden so "
            "that such figures cannot be worked out."
        ),
        unprotected=(
            "Unprotected: No other figures are hidden. Hidden figures can therefore in part be worked out "
            "from the totals that are shown."
        ),
        to="to",
        change="Change from {earlier}",
        change_percent="Change from {earlier}, per cent",
        share="Share, per cent",
        index="Index, {earlier} = 100",
        mean="Average {year}",
        rate="Per {per} {of}",
        sign_derived="Changes, shares and other derived figures are worked out from figures that are shown, and hidden where one of them is.",
        sign_impossible="{sign} = cannot be worked out: there is no figure to compare with, or it is 0.",
    ),
}


def words(language: str) -> Words:
    """The fixed words of a language; English ones where there are none."""
    return WORDS.get(language, WORDS["en"])
