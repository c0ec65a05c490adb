"""Invented tables in the manner of other offices: each a file's name, its bytes, and what a person reads in it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import xlsxwriter

from unit.reading.formats.kit import pdf, right_aligned


@dataclass(frozen=True, kw_only=True)
class Office:
    """A document and what is in it: ``parts`` of totals by label, some ``cells``, and the rule."""

    name: str
    data: bytes
    size: int
    hidden: int
    threshold: int | None = None
    zeros: str = "hidden"
    symbols: tuple[str, ...] = ("*",)
    parts: Mapping[str, set[str]] = field(default_factory=dict)
    cells: Mapping[tuple[str, ...], int | str] = field(default_factory=dict)


def health_registry() -> Office:
    """A cancer registry: "<5", thousands with commas, a percentage beside each count, notes below."""
    text = """Cancer Registry of Nordland,,,,
Table 3. New cases by site and sex (invented),,,,
,,,,
Site,Men,,Women,
,Number,Per cent,Number,Per cent
All sites,"1,240",100.0,"1,117",100.0
Lung,310,25.0,280,25.1
Colon,500,40.3,415,37.2
Skin¹,428,34.5,420,37.6
Bone,<5,,0,0.0
Eye,<5,,<5,

¹ Melanoma only.,,,,
Cells with fewer than 5 cases are shown as <5.,,,,
"""
    return Office(
        name="t3.csv",
        data=text.encode(),
        size=12,
        hidden=3,
        threshold=5,
        zeros="shown",
        symbols=("<5",),
        parts={"All sites": {"Lung", "Colon", "Skin", "Bone", "Eye"}},
        cells={("Men",): 1240, ("Lung", "Women"): 280, ("Bone", "Men"): "primary", ("Bone", "Women"): 0},
    )


def danish() -> Office:
    """Denmark: a semicolon file in latin-1 with points for thousands, "-" for nil and ":" for hidden."""
    text = """Ydelsesmodtagere efter område, køn og tid;;;
;;2021;2022
Hele landet;I alt;12.480;11.603
;Mænd;6.480;5.702
;Kvinder;6.000;5.901
Sønderjylland;I alt;12.000;11.600
;Mænd;6.100;5.700
;Kvinder;5.900;5.900
Ærø;I alt;480;3
;Mænd;380;:
;Kvinder;100;:
Læsø;I alt;-;-
;Mænd;-;-
;Kvinder;-;-

- Nul;;;
: Diskretionshensyn, tal under 3 vises ikke;;;
"""
    return Office(
        name="ydelser.csv",
        data=text.encode("latin-1"),
        size=24,
        hidden=2,
        zeros="shown",
        threshold=3,
        symbols=(":",),
        parts={"Hele landet": {"Sønderjylland", "Ærø", "Læsø"}, "I alt": {"Mænd", "Kvinder"}},
        cells={("Ærø", "Mænd", "2022"): "primary", ("Læsø", "Kvinder", "2021"): 0, ("2022",): 11603},
    )


def swedish_px() -> Office:
    """Sweden: PX in code page 1252, ".." hides, "-" is nil, the total among the values."""
    text = """CHARSET="ANSI";
AXIS-VERSION="2010";
LANGUAGE="sv";
TITLE="Brukare efter län, ålder och år";
STUB="län","ålder";
HEADING="år";
VALUES("län")="Hela riket","Västra Götalands län","Örebro län";
VALUES("ålder")="Samtliga","0-64 år","65- år";
VALUES("år")="2021","2022";
TIMEVAL("år")=TLIST(A1),"2021","2022";
DATASYMBOL2="..";
NOTE=".. = uppgift sekretessbelagd, färre än 5#- = noll";
DATA=
1500 1620
700 740
800 880
1400 1500
603 680
797 820
100 120
97 60
".." 60
;
"""
    return Office(
        name="brukare.px",
        data=text.encode("cp1252"),
        size=18,
        hidden=1,
        threshold=5,
        symbols=("..",),
        parts={
            "Hela riket": {"Västra Götalands län", "Örebro län"},
            "Samtliga": {"0-64 år", "65- år"},
        },
        cells={("Örebro län", "65- år", "2021"): "primary", ("Örebro län", "2022"): 120},
    )


def british_html() -> Office:
    """A page with two levels of heading, footnote digits, "c" for confidential and "z" for not applicable."""
    html = """<html><body><h2>Looked after children by region, 2021 and 2022</h2>
<table><thead><tr><th rowspan=2>Region</th><th colspan=3>2021</th><th colspan=3>2022<sup>1</sup></th></tr>
<tr><th>All</th><th>Boys</th><th>Girls</th><th>All</th><th>Boys</th><th>Girls</th></tr></thead><tbody>
<tr><th>England</th><td>4&nbsp;212</td><td>2&nbsp;106</td><td>2&nbsp;106</td><td>4&nbsp;000</td><td>2&nbsp;000</td><td>2&nbsp;000</td></tr>
<tr><th>North<sup>2</sup></th><td>1&nbsp;211</td><td>605</td><td>606</td><td>1&nbsp;000</td><td>500</td><td>500</td></tr>
<tr><th>South</th><td>2&nbsp;990</td><td>1&nbsp;496</td><td>1&nbsp;494</td><td>2&nbsp;995</td><td>c</td><td>c</td></tr>
<tr><th>Isles</th><td>11</td><td>5</td><td>6</td><td>5</td><td>c</td><td>c</td></tr>
</tbody></table><p>c = suppressed to protect confidentiality, fewer than 3</p><p>1. Provisional.</p><p>2. With the lakes.</p></body></html>"""
    return Office(
        name="children.html",
        data=html.encode(),
        size=24,
        hidden=4,
        threshold=3,
        symbols=("c",),
        parts={"England": {"North", "South", "Isles"}, "All": {"Boys", "Girls"}},
        cells={("2021",): 4212, ("North", "Boys", "2022"): 500, ("South", "Girls", "2022"): "secondary"},
    )


def _workbook(fill: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        fill(book)
    return buffer.getvalue()


def two_blocks() -> Office:
    """A sheet with two blocks, each under its own title, totals last, "herav" rows inside."""

    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Tabell 1")
        rows: list[list[str | int]] = [
            ["Mottakere av stønad etter fylke"],
            ["Tall under 3 er erstattet med x."],
            [],
            ["Menn"],
            ["Fylke", "2020", "2021"],
            ["Agder", 120, 130],
            ["  herav under 25 år", 20, 31],
            ["Rogaland", 200, 210],
            ["  herav under 25 år", 40, "x"],
            ["Sum", 320, 340],
            [],
            ["Kvinner"],
            ["Fylke", "2020", "2021"],
            ["Agder", 100, 90],
            ["  herav under 25 år", 10, "x"],
            ["Rogaland", 150, 160],
            ["  herav under 25 år", 30, 33],
            ["Sum", 250, 250],
        ]
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                sheet.write(i, j, value)

    return Office(
        name="fylker.xlsx",
        data=_workbook(fill),
        size=20,
        hidden=2,
        threshold=3,
        symbols=("x",),
        parts={"Sum": {"Agder", "Rogaland"}},
        cells={("Agder", "2020", "Menn"): 120, ("2021", "Kvinner"): 250},
    )


def merged_workbook() -> Office:
    """Merged headings over three rows, figures typed as text with spaces, codes beside names, total first."""

    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Table 2")
        sheet.merge_range(0, 0, 0, 7, "Persons with reduced capacity, by municipality, sex and year")
        sheet.merge_range(1, 2, 1, 4, "2023")
        sheet.merge_range(1, 5, 1, 7, "2024")
        for start in (2, 5):
            sheet.merge_range(2, start + 1, 2, start + 2, "Of which")
            for at, text in enumerate(("Both sexes", "Men", "Women")):
                sheet.write(3, start + at, text)
        sheet.write(3, 0, "Code")
        sheet.write(3, 1, "Municipality")
        rows = [
            ["", "The whole county", "1 200", "601", "599", "1 300", "640", "660"],
            ["4601", "Bergen", "1 100", "551", "549", "1 190", "590", "600"],
            ["4602", "Kinn", "90", "45", "45", "105", "*", "*"],
            ["4611", "Etne", "10", "5", "5", "5", "*", "*"],
        ]
        for i, row in enumerate(rows, start=4):
            for j, text in enumerate(row):
                sheet.write_string(i, j, text)
        sheet.write(9, 0, "* Fewer than 4 persons, or hidden to protect such a figure")

    return Office(
        name="capacity.xlsx",
        data=_workbook(fill),
        size=24,
        hidden=4,
        threshold=4,
        parts={"The whole county": {"Bergen", "Kinn", "Etne"}, "Both sexes": {"Men", "Women"}},
        cells={("Kinn", "2024"): 105, ("Etne", "Men", "2023"): 5},
    )


def jsonstat() -> Office:
    """JSON-stat 2 with a sparse status, labels with other letters, and a hierarchy of its own."""
    regions = {"IS": "Ísland", "IS1": "Höfuðborgarsvæði", "IS2": "Landsbyggð"}
    document = {
        "version": "2.0",
        "class": "dataset",
        "label": "Umsækjendur eftir landshluta",
        "id": ["landshluti", "ár"],
        "size": [3, 3],
        "role": {"time": ["ár"]},
        "dimension": {
            "landshluti": {
                "label": "Landshluti",
                "category": {"index": list(regions), "label": regions, "child": {"IS": ["IS1", "IS2"]}},
            },
            "ár": {"label": "Ár", "category": {"index": ["2020", "2021", "2022"]}},
        },
        "value": [100, 110, 120, 97, 100, None, None, 10, 18],
        "status": {"5": ":", "6": ":"},
        "note": [": = confidential, fewer than 4"],
    }
    return Office(
        name="umsaekjendur.json",
        data=json.dumps(document, ensure_ascii=False).encode(),
        size=9,
        hidden=2,
        threshold=4,
        symbols=(":",),
        parts={"Ísland": {"Höfuðborgarsvæði", "Landsbyggð"}},
        cells={("Landsbyggð", "2020"): "primary", ("2022",): 120},
    )


def dotted_text() -> Office:
    """A printed yearbook: dotted leaders, indented rows, the total last, months across."""
    text = """YEARBOOK 1997.  Table 44.  Permits granted, by district, January-March 1997

                            January  February   March

North .....................   1 210     1 190   1 230
  Coast ...................   1 000       990   1 000
  Inland ..................     210       200     230
South .....................     310       300     305
  Coast ...................     308       (x)     301
  Inland ..................     (x)       (x)     (x)
Total .....................   1 520     1 490   1 535

(x) Not shown, fewer than 5
"""
    return Office(
        name="yearbook.txt",
        data=text.encode(),
        size=21,
        hidden=4,
        threshold=5,
        symbols=("(x)",),
        cells={("1997-01",): 1520, ("North", "1997-03"): 1230},
    )


def simple_pdf() -> Office:
    """A report of one page with periods across, a total first, and figures with spaces for thousands."""
    edges = (260.0, 340.0, 420.0)
    rows = [
        ("Begge kjønn", "2 400", "2 350", "2 300"),
        ("Menn", "1 398", "1 350", "1 200"),
        ("Kvinner", "1 000", "1 000", "1 100"),
        ("Annet", "*", "*", "*"),
    ]
    placed = [(50.0, 760.0, "Innsatte etter kjønn"), (50.0, 560.0, "* = færre enn 3")]
    placed += [right_aligned(e, 700.0, y) for e, y in zip(edges, ("2019", "2020", "2021"), strict=True)]
    for i, (label, *figures) in enumerate(rows):
        placed.append((50.0, 680.0 - 15 * i, label))
        placed += [right_aligned(e, 680.0 - 15 * i, f) for e, f in zip(edges, figures, strict=True)]
    return Office(
        name="innsatte.pdf",
        data=pdf([placed]),
        size=12,
        hidden=3,
        threshold=3,
        parts={"Begge kjønn": {"Menn", "Kvinner", "Annet"}},
        cells={("2019",): 2400, ("Kvinner", "2021"): 1100},
    )


def eurostat_tsv() -> Office:
    """Long labels packed into one column, flags behind figures, ": c" for confidential."""
    text = """sex,unit,geo\\time\t2021 \t2022
T,NR,NO\t1200 \t1300 p
T,NR,NO02\t200 \t: c
T,NR,NO08\t1000 \t: c
M,NR,NO\t600 \t650 p
M,NR,NO02\t100 \t110
M,NR,NO08\t500 \t540 b
F,NR,NO\t600 \t650
F,NR,NO02\t100 \t: c
F,NR,NO08\t500 \t: c
"""
    return Office(
        name="eurostat.tsv",
        data=text.encode(),
        size=18,
        hidden=4,
        symbols=(": c",),
        parts={"NO": {"NO02", "NO08"}, "T": {"M", "F"}},
        cells={("M", "NO08", "2022"): 540, ("2022",): 1300},
    )


def german() -> Office:
    """Germany: "Insgesamt", "darunter", "/" hides, "–" is nil, months in German."""
    text = """Empfänger nach Ländern;;;
Land;Insgesamt;Männlich;Weiblich
Bayern;3.100;1.600;1.500
Bremen;212;110;102
Saarland;105;102;/
Hamburg;7;/;4
Berlin;–;–;–
Insgesamt;3.424;1.815;1.609
;;;
/ = Zahlenwert unter 4 wegen Geheimhaltung nicht veröffentlicht;;;
– = nichts vorhanden;;;
"""
    return Office(
        name="laender.csv",
        data=text.encode("utf-8-sig"),
        size=18,
        hidden=2,
        zeros="shown",
        threshold=4,
        symbols=("/",),
        parts={"Insgesamt": {"Bayern", "Bremen", "Saarland", "Hamburg", "Berlin", "Männlich", "Weiblich"}},
        cells={("Bayern",): 3100, ("Berlin", "Weiblich"): 0},
    )


def tidy_csv() -> Office:
    """A long file of an open-data portal: codes and names, a value, and a flag for hidden ones."""
    lines = ["year,area_code,area_name,sex,value,flag"]
    figures = {
        ("S92", "Scotland"): (100, 50, 50),
        ("S12", "Fife"): (80, 47, 33),
        ("S13", "Orkney"): (20, None, None),
    }
    for year in (2021, 2022):
        for (code, name), own in figures.items():
            for sex, value in zip(("All", "Female", "Male"), own, strict=True):
                shown = ",c" if value is None else f"{value},"
                lines.append(f"{year},{code},{name},{sex},{shown}")
    return Office(
        name="portal.csv",
        data="\n".join(lines).encode(),
        size=18,
        hidden=4,
        symbols=("c",),
        parts={"Scotland": {"Fife", "Orkney"}, "All": {"Female", "Male"}},
        cells={("Fife", "Female", "2021"): 47},
    )


def side_by_side_headings() -> Office:
    """England, for instance: a total, then groups by sex and by age beside each other over the same clients."""
    text = """Table 1. Clients by district, sex and age
District;Total;Sex;;Age;;
;;Men;Women;0-17;18-66;67+
All districts;313;151;162;41;181;91
North;120;60;60;20;70;30
South;101;50;51;18;52;31
East;91;40;51;3;58;30
West;..;..;0;0;..;0
.. = fewer than 3
"""
    return Office(
        name="clients.csv",
        data=text.encode(),
        size=30,
        hidden=3,
        threshold=3,
        zeros="shown",
        symbols=("..",),
        parts={
            "All districts": {"North", "South", "East", "West"},
            "I alt": {"Men", "Women", "0-17", "18-66", "67+"},
        },
        cells={(): 313, ("Men",): 151, ("East", "0-17"): 3, ("West", "Men"): "primary"},
    )


def finnish() -> Office:
    """Finland: narrow spaces for thousands, provisional years with a star, "Yhteensä"."""
    html = """<html><head><meta charset="utf-8"></head><body><table><caption>Asiakkaat maakunnittain 2021*-2022*</caption>
<tr><th>Maakunta</th><th>2021*</th><th>2022*</th></tr>
<tr><td>Yhteensä</td><td>1&#8239;503</td><td>1&#8239;602</td></tr>
<tr><td>Uusimaa</td><td>1&#8239;001</td><td>1&#8239;100</td></tr>
<tr><td>Häme</td><td>500</td><td>500</td></tr>
<tr><td>Åland</td><td>..</td><td>..</td></tr>
</table><p>.. tieto salattu, alle 3</p></body></html>"""
    return Office(
        name="maakunnat.html",
        data=html.encode(),
        size=8,
        hidden=2,
        symbols=("..",),
        parts={"Yhteensä": {"Uusimaa", "Häme", "Åland"}},
        cells={("2021",): 1503, ("Häme", "2022"): 500},
    )


def months() -> Office:
    """Months as a spreadsheet writes them, a change from last year beside the counts, the sum last."""
    text = """Ledige fordelt på fylke. 2022

Fylke\tjan.22\tfeb.22\tmar.22\tEndring siste år
Oslo\t1 200\t1 150\t1 100\t-120
Viken\t900\t880\t870\t-33
Svalbard\t*\t*\t4\t*
Sum\t2 103\t2 033\t1 974\t-153

* Tall under 4 vises ikke
"""
    return Office(
        name="ledige.txt",
        data=text.encode(),
        size=12,
        hidden=2,
        threshold=4,
        parts={"Sum": {"Oslo", "Viken", "Svalbard"}},
        cells={("2022-01",): 2103, ("Svalbard", "2022-03"): 4},
    )


def rounded() -> Office:
    """Britain: a tidy sheet rounded to five, with "[c]" for what is withheld, a country above its authorities."""
    text = """"Table 4: Pupils by authority, all figures rounded to the nearest 5"
"Cells with [c] are suppressed"
"Authority code","Authority","Year","Number of pupils","Percentage of pupils"
"E92","England","2021","10,000","100.0"
"E09","Camden","2021","6,000","60.0"
"E10","Barnet","2021","3,995","40.0"
"E11","Isles","2021","[c]","[c]"
"E92","England","2022","11,000","100.0"
"E09","Camden","2022","7,000","63.6"
"E10","Barnet","2022","3,990","36.3"
"E11","Isles","2022","10","0.1"
"E92","England","2023","11,000","100.0"
"E09","Camden","2023","7,000","63.6"
"E10","Barnet","2023","3,990","36.3"
"E11","Isles","2023","10","0.1"
"""
    return Office(
        name="pupils.csv",
        data=text.encode(),
        size=12,
        hidden=1,
        symbols=("[c]",),
        parts={"England": {"Camden", "Barnet", "Isles"}},
        cells={("2021",): 9998, ("Isles", "2021"): "primary"},
    )


OFFICES = (
    health_registry, danish, swedish_px, british_html, two_blocks, merged_workbook, jsonstat, dotted_text, simple_pdf,
    eurostat_tsv, german, tidy_csv, side_by_side_headings, finnish, months, rounded,
)  # fmt: skip
