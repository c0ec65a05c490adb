"""The names of the components and codes that every SDMX structure of a release has, in each language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from prikk.spec import Text

FREQUENCY = {"month": "M", "quarter": "Q", "year": "A"}
"""Codes of the cross-domain list CL_FREQ."""

OBS_STATUS = ("A", "B", "P", "Q")
"""Codes of the cross-domain list CL_OBS_STATUS: normal, break, provisional, missing because suppressed. It has none for revised."""

CONF_STATUS = ("F", "C")
"""Codes of the cross-domain list CL_CONF_STATUS: free, confidential."""

NAMES: Mapping[str, Mapping[str, str]] = {
    "FREQ": {"nb": "Frekvens", "nn": "Frekvens", "en": "Frequency"},
    "FREQ.M": {"nb": "Månedlig", "nn": "Månadleg", "en": "Monthly"},
    "FREQ.Q": {"nb": "Kvartalsvis", "nn": "Kvartalsvis", "en": "Quarterly"},
    "FREQ.A": {"nb": "Årlig", "nn": "Årleg", "en": "Annual"},
    "OBS_VALUE": {"nb": "Verdi", "nn": "Verdi", "en": "Observation value"},
    "OBS_STATUS": {"nb": "Status", "nn": "Status", "en": "Observation status"},
    "OBS_STATUS.A": {"nb": "Vanlig verdi", "nn": "Vanleg verdi", "en": "Normal value"},
    "OBS_STATUS.B": {"nb": "Brudd i tidsserien", "nn": "Brot i tidsserien", "en": "Time series break"},
    "OBS_STATUS.P": {"nb": "Foreløpig verdi", "nn": "Førebels verdi", "en": "Provisional value"},
    "OBS_STATUS.Q": {
        "nb": "Verdien vises ikke",
        "nn": "Verdien blir ikkje vist",
        "en": "Missing value; suppressed",
    },
    "CONF_STATUS": {"nb": "Konfidensialitet", "nn": "Konfidensialitet", "en": "Confidentiality status"},
    "CONF_STATUS.F": {"nb": "Kan publiseres", "nn": "Kan publiserast", "en": "Free for publication"},
    "CONF_STATUS.C": {
        "nb": "Konfidensiell statistisk opplysning",
        "nn": "Konfidensiell statistisk opplysning",
        "en": "Confidential statistical information",
    },
}
"""By component, and by component and code."""


def name_of(key: str, languages: Iterable[str]) -> Text:
    """The name of a component or of one of its codes, in some languages; English where there is none."""
    names = NAMES[key]
    return {language: names.get(language, names["en"]) for language in languages}
