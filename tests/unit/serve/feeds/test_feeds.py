import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import icalendar
import pytest
import rdflib
import rdflib.compare
from pyshacl import validate

from prikk.serve import Config, create_app
from prikk.serve.feeds._calendar import folded
from serving import asked, built, put

# rdflib deprecates parts of itself that its own readers use.
pytestmark = pytest.mark.filterwarnings(
    "ignore::DeprecationWarning:rdflib", "ignore::DeprecationWarning:pyshacl"
)
SHAPES = Path(__file__).parents[3] / "readers" / "dcat-shapes.ttl"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = built(tmp_path_factory.mktemp("built"))
    folder = tmp_path_factory.mktemp("store")
    put(folder, out, "toy/2024-03-01")
    put(folder, out, "toy/2024-02-01", published="2024-02-01T08:00:00+01:00", next="2024-03-01")
    title = {"en": "Other, with; signs \\ and\na long title that goes on and on – “æøå” " + "x" * 80}
    gone = put(
        folder,
        out,
        "other/2024-02-05",
        id="other",
        published="2024-02-05T08:00:00+01:00",
        title=title,
        next=None,
    )
    reason = {"reason": {"en": "Wrong register"}, "at": "2024-05-01T08:00:00Z"}
    (gone / "withdrawn.json").write_text(json.dumps(reason))
    plain = put(folder, out, "plain/2024-01", id="plain", published=None, title=title, next=None)
    for name in ("catalog.jsonld", "catalog.ttl"):
        (plain / "public" / name).unlink()
    put(folder, out, "held/2090-01-01", id="held", published="2090-01-01T08:00:00+01:00", next="2091-01-01")
    return folder


@pytest.fixture(scope="module")
def get(store: Path) -> Callable[[str], Any]:
    config = Config(
        folder=store, title="Office & statistics", base_url="https://stat.example.org/s", log="none"
    )
    app = create_app(config)
    return lambda path: asked(app, "GET", path)


def test_the_feed_has_every_shown_version_the_latest_news_first(get: Callable[[str], Any]):
    answer = get("/feeds/releases.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = ET.fromstring(answer.content)
    titles = [e.findtext("a:title", "", ATOM) for e in feed.findall("a:entry", ATOM)]
    others = [t for t in titles if "People" not in t]
    assert len(titles) == 4
    assert titles.index("People in courses (2024-01 - 2024-02)") < len(titles) - 1
    assert any(t.startswith("Withdrawn: Other") for t in others)
    updated = [e.findtext("a:updated", "", ATOM) for e in feed.findall("a:entry", ATOM)]
    assert updated == sorted(updated, reverse=True)
    assert feed.findtext("a:updated", "", ATOM) == updated[0]
    ids = [e.findtext("a:id", "", ATOM) for e in feed.findall("a:entry", ATOM)]
    assert len(set(ids)) == 4
    assert "held" not in answer.text


def test_entries_lead_to_the_table_and_to_the_site_of_the_release(get: Callable[[str], Any]):
    feed = ET.fromstring(get("/feeds/toy.atom").content)
    links = [[link.get("href") for link in e.findall("a:link", ATOM)] for e in feed.findall("a:entry", ATOM)]
    assert links[0] == [
        "https://stat.example.org/s/tables/toy",
        "https://stat.example.org/s/releases/toy/2024-03-01/",
    ]
    assert [len(one) for one in links] == [2, 2]


def test_the_feed_of_a_table_that_is_not_shown_is_not_there(get: Callable[[str], Any]):
    assert {get(f"/feeds/{id_}.atom").status_code for id_ in ("held", "nothing")} == {404}


def test_the_same_releases_give_the_same_bytes(get: Callable[[str], Any], store: Path):
    config = Config(
        folder=store, title="Office & statistics", base_url="https://stat.example.org/s", log="none"
    )
    again = create_app(config)
    for path in ("/feeds/releases.atom", "/feeds/calendar.ics", "/catalog.ttl", "/sitemap.xml"):
        assert get(path).content == asked(again, "GET", path).content


def test_the_calendar_reads_back(get: Callable[[str], Any]):
    answer = get("/feeds/calendar.ics?lang=nb")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert max(map(len, answer.content.split(b"\r\n"))) <= 75
    calendar = icalendar.Calendar.from_ical(answer.content)
    events = {(str(e["SUMMARY"]), e["DTSTART"].dt) for e in calendar.walk("VEVENT")}
    utc = dt.UTC
    assert events == {
        ("People in courses", dt.datetime(2024, 3, 1, 7, tzinfo=utc)),
        ("People in courses", dt.datetime(2024, 2, 1, 7, tzinfo=utc)),
        ("Neste publisering: People in courses", dt.date(2099, 4, 1)),
    }
    assert len({str(e["UID"]) for e in calendar.walk("VEVENT")}) == 3
    assert all(e["DTSTAMP"].dt.tzinfo is not None for e in calendar.walk("VEVENT"))
    assert str(calendar["X-WR-CALNAME"]) == "Office & statistics"


@pytest.mark.parametrize("text", ["x" * 74, "x" * 75, "x" * 76, "x" * 75 + "æ" * 200, "€" * 100, ""])
def test_folded_lines_are_short_and_come_back_whole(text: str):
    made = folded(text)
    assert all(len(line) <= 75 for line in made.split(b"\r\n"))
    assert made.replace(b"\r\n ", b"").removesuffix(b"\r\n").decode() == text


@pytest.mark.parametrize(("path", "form"), [("/catalog.ttl", "turtle"), ("/catalog.jsonld", "json-ld")])
def test_the_catalogue_is_valid_and_has_every_table(get: Callable[[str], Any], path: str, form: str):
    graph = rdflib.Graph().parse(data=get(path).text, format=form)
    conforms, _, report = validate(graph, shacl_graph=str(SHAPES))
    assert conforms, report
    dcat = rdflib.Namespace("http://www.w3.org/ns/dcat#")
    assert {str(s) for s in graph.subjects(rdflib.RDF.type, dcat.Dataset)} == {
        "https://stat.example.org/s/tables/toy#dataset", "https://stat.example.org/s/tables/plain#dataset",
    }  # fmt: skip
    files = {str(o) for o in graph.objects(predicate=dcat.downloadURL)}
    assert "https://stat.example.org/s/releases/toy/2024-03-01/cells.csv" in files
    assert all(address.startswith("https://stat.example.org/s/") for address in files)


def test_both_forms_of_the_catalogue_say_the_same(get: Callable[[str], Any]):
    one = rdflib.Graph().parse(data=get("/catalog.ttl").text, format="turtle")
    other = rdflib.Graph().parse(data=get("/catalog.jsonld").text, format="json-ld")
    assert len(one) > 50
    assert rdflib.compare.isomorphic(one, other)


def test_search_engines_are_told_what_can_be_read(get: Callable[[str], Any]):
    site = ET.fromstring(get("/sitemap.xml").content)
    found = [e.text for e in site.findall("s:url/s:loc", SITEMAP)]
    base = "https://stat.example.org/s"
    assert found == [
        f"{base}/",
        f"{base}/tables/plain",
        f"{base}/releases/plain/2024-01/",
        f"{base}/tables/toy",
        f"{base}/releases/toy/2024-03-01/",
    ]
    assert f"Sitemap: {base}/sitemap.xml" in get("/robots.txt").text
