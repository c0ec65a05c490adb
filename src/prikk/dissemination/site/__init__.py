"""The static site of a release: pages, charts, and nothing that needs a server.

What draws and words its charts is public too: the pages of a server look and speak the same.
"""

from prikk.dissemination._locale import language_name, locale_of
from prikk.dissemination.site._languages import site_words
from prikk.dissemination.site._plots import NARROW, WIDE, Axis, Bar, Series, bars, lines, multiples
from prikk.dissemination.site._site import site
from prikk.dissemination.site._speech import Speech
from prikk.dissemination.site._svg import Drawing, bar, lines_of_text, mark, rule, text, wrap
from prikk.dissemination.site._templates import source
from prikk.dissemination.site._words import SiteWords

__all__ = [
    "NARROW",
    "WIDE",
    "Axis",
    "Bar",
    "Drawing",
    "Series",
    "SiteWords",
    "Speech",
    "bar",
    "bars",
    "language_name",
    "lines",
    "lines_of_text",
    "locale_of",
    "mark",
    "multiples",
    "rule",
    "site",
    "site_words",
    "source",
    "text",
    "wrap",
]
