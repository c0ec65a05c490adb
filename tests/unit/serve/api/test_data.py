"""Figures: in every format, read back by readers that are not ours, each figure and each sign is that of the release."""

import csv
import io
import itertools
import json
import math
import random
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prikk.dissemination import dataset
from prikk.dissemination.exchange import json_stat
from prikk.serve.api._json_stat import json_stat as fast
from prikk.serve.api._selection import Selection
from unit.dissemination.cubes import published_cube
from unit.dissemination.exchange.expected import described_cube, expected
from unit.dissemination.exchange.px_reading import cells as px_cells
from unit.dissemination.exchange.px_reading import with_pyaxis
from unit.serve.api.kit import client

READERS = Path(__file__).parents[3] / "readers"
SIGNS = {"hidden": "*", "nil": "-", "absent": ".."}
BOATS = "/api/v2/tables/boats/data"
ALL = {f"valueCodes[{name}]": "*" for name in ("harbour", "boat", "period")}
WANTED = {key: SIGNS.get(v, v) for key, v in expected(described_cube()).items()}


def from_json(data):
    """Figures or signs by their codes, from JSON-stat."""
    axes = [
        sorted(d["category"]["index"], key=d["category"]["index"].get)
        for d in map(data["dimension"].get, data["id"])
    ]
    assert data["size"] == [len(axis) for axis in axes]
    found = {}
    for i, key in enumerate(itertools.product(*axes)):
        codes = tuple(c for c, name in zip(key, data["id"], strict=True) if name != "ContentsCode")
        found[codes] = data["status"][str(i)] if data["value"][i] is None else data["value"][i]
    assert len(data["value"]) == len(found)
    assert len(data["status"]) == sum(v is None for v in data["value"])
    return found


def test_everything_chosen_is_everything_published(http):
    assert from_json(http.get(BOATS, **ALL).json()) == WANTED


def test_a_large_table_is_what_was_published(http):
    given = {f"valueCodes[{name}]": "*" for name in ("main_group", "age", "measure", "period")}
    found = from_json(http.get("/api/v2/tables/tiltak-alder/data", **given).json())
    assert found == {key: SIGNS.get(v, v) for key, v in expected(published_cube()).items()}
    assert set(SIGNS.values()) < set(found.values())


@pytest.mark.filterwarnings("ignore")
def test_pyjstat_reads_json_stat(http):
    pyjstat = pytest.importorskip("pyjstat.pyjstat")
    frame = pyjstat.Dataset.read(http.get(BOATS, **ALL, lang="en").text).write("dataframe", naming="id")
    found = {(*codes, period): value for *codes, _, period, value in frame.itertuples(index=False)}
    assert {k: None if math.isnan(v) else v for k, v in found.items()} == {
        k: None if isinstance(v, str) else v for k, v in WANTED.items()
    }


def test_the_fast_way_says_what_the_writer_of_files_says():
    whole, draw = dataset(published_cube()), random.Random(7)
    for _ in range(20):
        chosen = [sorted(draw.sample(range(len(a)), draw.randint(1, len(a)))) for a in whole.axes]
        mine = json.loads(fast(whole, Selection(places=tuple(chosen)), "nb"))
        theirs = json.loads(json_stat(whole.select(chosen), "nb"))
        for dimension in theirs["dimension"].values():
            index = dimension["category"]["index"]
            dimension["category"]["index"] = {code: i for i, code in enumerate(index)}
        assert mine == theirs


@pytest.mark.filterwarnings("ignore")
def test_px_is_read_by_its_grammar_and_by_pyaxis(http, tmp_path):
    content = http.get(BOATS, **ALL, outputFormat="px", lang="en").content
    assert list(px_cells(content).values()) == list(expected(described_cube()).values())
    meta, found = with_pyaxis(content, "en", tmp_path)
    assert meta["TITLE"] == ["Boats in harbour"]
    assert list(found.values()) == list(expected(described_cube()).values())


def test_px_goes_where_it_is_placed(http):
    given = {**ALL, "heading": "harbour,period", "stub": "boat,ContentsCode", "outputFormat": "px"}
    content = http.get(BOATS, **given).content
    found = px_cells(content)
    turned = {(h, b, p): v for (b, h, p), v in found.items()}
    assert turned == expected(described_cube())


@pytest.mark.parametrize(
    "params", [{}, {"outputFormatParams": "UseCodes"}, {"outputFormatParams": "SeparatorTab,UseCodes"}]
)
def test_csv_has_every_figure_and_sign(http, params):
    answer = http.get(BOATS, **ALL, outputFormat="csv", lang="en", **params)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    tab = "\t" if "Tab" in params.get("outputFormatParams", "") else ","
    head, *rows = csv.reader(io.StringIO(answer.content.decode(), newline=""), delimiter=tab)
    assert len(head) == 4
    assert [v for row in rows for v in row[2:]] == [str(v) for v in WANTED.values()]
    if params:
        assert head[:2] == ["harbour", "boat"]
        assert [tuple(row[:2]) for row in rows] == list(dict.fromkeys(k[:2] for k in WANTED))
    else:
        assert (head[0], rows[1][:2]) == ("harbour", ["Total", "Sailing boats"])


def test_a_title_stands_above_when_it_is_asked_for(http):
    given = {**ALL, "outputFormatParams": "IncludeTitle,UseCodesAndTexts,SeparatorSemicolon", "lang": "en"}
    first, head, row, *_ = http.get(BOATS, **given, outputFormat="csv").text.split("\r\n")
    assert first == "Boats in harbour"
    assert row.startswith("TOTAL Total;TOTAL Total;")
    assert "2024-12 December 2024" in head


def test_a_workbook_has_numbers_and_signs(http):
    content = http.get(BOATS, **ALL, outputFormat="xlsx", lang="en", outputFormatParams="UseCodes").content
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = list(book["Table"].iter_rows(values_only=True))
    assert [v for row in rows[2:] for v in row[2:]] == list(WANTED.values())
    assert rows[1] == ("harbour", "boat", "2024-12", "2025-01")
    notes = [row[0] for row in book["Notes"].iter_rows(values_only=True)]
    assert any("Figures below 3 are not shown." in note for note in notes)
    assert (
        content
        == http.get(BOATS, **ALL, outputFormat="xlsx", lang="en", outputFormatParams="UseCodes").content
    )


class Cells(HTMLParser):
    """The text of every data cell, and what its sign is said to mean."""

    def __init__(self):
        super().__init__()
        self.found, self.titles, self.inside = [], set(), False

    def handle_starttag(self, tag, attrs):
        self.inside = self.inside or tag == "td"
        if tag == "abbr":
            self.titles.add(dict(attrs)["title"])

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "td"

    def handle_data(self, data):
        if self.inside:
            self.found.append(data)


def test_a_page_has_every_figure_and_what_signs_mean(http):
    answer = http.get(BOATS, **ALL, outputFormat="html", lang="en", outputFormatParams="IncludeTitle")
    read = Cells()
    read.feed(answer.text)
    assert read.found == [str(v) for v in WANTED.values()]
    assert len(read.titles) == 3
    assert "<caption>Boats in harbour</caption>" in answer.text
    assert "Sjark &amp; &lt;co&gt;" in answer.text
    assert "<script" not in answer.text.lower()


def test_json_px_has_every_figure_and_sign(http):
    data = http.get(BOATS, **ALL, outputFormat="json-px", lang="en").json()
    assert {tuple(row["key"]): row["values"][0] for row in data["data"]} == {
        k: str(v) for k, v in WANTED.items()
    }
    assert [c["type"] for c in data["columns"]] == ["d", "d", "t", "c"]


def test_parquet_has_every_figure_and_sign(http):
    content = http.get(BOATS, **ALL, outputFormat="parquet").content
    rows = pq.read_table(io.BytesIO(content)).to_pylist()
    found = {(r["harbour"], r["boat"], r["period"]): r["status"] or r["value"] for r in rows}
    assert found == WANTED
    assert all((r["value"] is None) == bool(r["status"]) for r in rows)


def test_what_is_left_out_stands_at_its_own_total(http):
    data = http.get(BOATS, **{"valueCodes[period]": "TOP(1)", "valueCodes[boat]": "TOTAL,SAIL"}).json()
    found = from_json(data)
    assert found == {("TOTAL", "TOTAL", "2025-01"): 1201, ("TOTAL", "SAIL", "2025-01"): ".."}
    assert data["extension"]["symbols"][".."]


def test_names_and_codes_are_found_in_any_case_and_from_a_body_alike(http):
    address = http.request(
        "GET", f"{BOATS}?VALUECODES%5BHarbour%5D=n%2CTotal&valuecodes[PERIOD]=top(1)&lang=en"
    )
    selection = [
        {"variableCode": "HARBOUR", "valueCodes": ["n", "Total"]},
        {"variableCode": "Period", "valueCodes": ["top(1)"]},
    ]
    body = http.post(BOATS, {"selection": selection}, lang="en")
    assert from_json(address.json()) == from_json(body.json())
    assert list(from_json(body.json())) == [("TOTAL", "TOTAL", "2025-01"), ("N", "TOTAL", "2025-01")]


@pytest.mark.parametrize("outer", [{}, {"placement": None}, {"placement": {"heading": [], "stub": []}}])
def test_nothing_chosen_is_the_default_selection(http, outer):
    usual = http.get(BOATS).json()
    assert http.post(BOATS, {"selection": [], **outer}).json() == usual
    chosen = http.get("/api/v2/tables/boats/defaultselection").json()
    assert http.post(BOATS, {k: chosen[k] for k in ("selection", "placement")}).json() == usual
    assert not set(from_json(usual).values()) & {".."}


def test_a_codelist_gives_published_cells_of_its_level(http):
    given = {"valueCodes[harbour]": "N", "valueCodes[boat]": "*", "valueCodes[period]": "2024-12"}
    for id_ in ("boat__boat_group", "BOATS__boat__BOAT_group"):
        data = http.get(BOATS, **given, **{"codelist[boat]": id_}).json()
        assert from_json(data) == {("N", "SAIL", "2024-12"): 1220, ("N", "MOTOR", "2024-12"): 10}


def test_variables_go_where_they_are_placed(http):
    given = {**ALL, "heading": "boat", "outputFormat": "csv", "outputFormatParams": "UseCodes"}
    rows = list(csv.reader(io.StringIO(http.get(BOATS, **given).text, newline="")))
    assert rows[0][3:] == ["TOTAL", "SAIL", "KETCH", "YAWL", "MOTOR", "SJARK"]
    found = {(r[0], b, r[2]): v for r in rows[1:] for b, v in zip(rows[0][3:], r[3:], strict=True)}
    assert found == {k: str(v) for k, v in WANTED.items()}
    data = http.get(BOATS, **{**ALL, "stub": "period"}).json()
    assert data["extension"]["px"]["stub"] == ["period"]
    assert data["extension"]["px"]["heading"] == ["harbour", "boat", "ContentsCode"]


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("*/*", "application/json"),
        ("application/json", "application/json"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html; charset=utf-8"),
        ("text/csv;q=0.1, application/vnd.apache.parquet;q=0.5", "application/vnd.apache.parquet"),
    ],
)
def test_the_format_is_negotiated(http, accept, kind):
    answer = http.request("GET", BOATS, headers={"Accept": accept})
    assert answer.headers["content-type"] == kind
    assert "Accept" in answer.headers["vary"]


def test_the_language_is_asked_for_or_negotiated(http):
    def label(lang="", header=""):
        params = {"lang": lang} if lang else None
        found = http.request("GET", BOATS, params=params, headers={"Accept-Language": header})
        return found.json()["label"]

    assert label() == label("nb") == label(header="no-NO,de;q=0.5") == "Båter i havn"
    assert label("en") == label("EN", "nb") == label(header="de, en-GB;q=0.8") == "Boats in harbour"


def test_an_answer_is_known_again_and_other_ones_are_not(http):
    first, again = http.get(BOATS), http.get(BOATS)
    assert first.headers["etag"] == again.headers["etag"]
    assert first.headers["last-modified"] == "Thu, 20 Feb 2025 07:00:00 GMT"
    others = [http.get(BOATS, lang="en"), http.get(BOATS, outputFormat="csv"), http.get(BOATS, **ALL)]
    others.append(http.get(BOATS, outputFormat="csv", outputFormatParams="UseCodes"))
    assert len({first.headers["etag"], *(o.headers["etag"] for o in others)}) == 5


def test_head_is_answered_as_get(http):
    answer = http.request("HEAD", BOATS)
    assert (answer.status_code, answer.headers["etag"]) == (200, http.get(BOATS).headers["etag"])


@pytest.mark.skipif(
    shutil.which("node") is None or not (READERS / "node_modules" / "jsonstat-toolkit").is_dir(),
    reason="needs node, and 'npm ci' in tests/readers",
)
def test_jsonstat_toolkit_reads_every_figure_and_sign(http, tmp_path):
    (tmp_path / "x.json").write_bytes(http.get(BOATS, **ALL).content)
    command = ["node", str(READERS / "jsonstat.mjs"), str(tmp_path / "x.json")]
    read = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    found = {
        (*codes, period): value if status is None else status
        for (*codes, _, period), value, status in read["cells"]
    }
    assert found == WANTED


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("heading", ["ContentsCode", "harbour,boat,ContentsCode,period", "period,boat"])
def test_pyaxis_reads_px_with_one_side_empty(http, tmp_path, heading):
    pyaxis = pytest.importorskip("pyaxis.pyaxis")
    path = tmp_path / "x.px"
    path.write_bytes(http.get(BOATS, **ALL, outputFormat="px", lang="en", heading=heading).content)
    frame = pyaxis.parse(str(path), encoding="utf-8", lang="en")["DATA"]
    row = frame[
        (frame["harbour"] == "Northport") & (frame["boat"] == "=Yawl") & (frame["Period"] == "January 2025")
    ]
    assert list(row["DATA"]) == ["9"]
    assert len(frame) == len(WANTED)


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_whatever_is_chosen_no_figure_is_other_than_the_published_one(any_http, data):
    axes = {
        "harbour": ["TOTAL", "N", "S"],
        "boat": ["TOTAL", "SAIL", "KETCH", "YAWL", "MOTOR", "SJARK"],
        "period": ["2024-12", "2025-01"],
    }
    chosen = {
        n: data.draw(st.lists(st.sampled_from(c), unique=True, min_size=n == "period"), label=n)
        for n, c in axes.items()
    }
    given_ = {f"valueCodes[{n}]": ",".join(codes) for n, codes in chosen.items() if codes}
    found = from_json(any_http.get(BOATS, **given_).json())
    stands = {n: codes or ["TOTAL"] for n, codes in chosen.items()}
    assert found == {
        k: v for k, v in WANTED.items() if all(c in stands[n] for c, n in zip(k, axes, strict=True))
    }


@pytest.fixture(scope="module")
def any_http(boats):
    return client([boats])
