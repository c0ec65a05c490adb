from prikk.dissemination import PublishedCube
from prikk.dissemination.site import site
from prikk.dissemination.site._front import front
from prikk.spec import Note
from unit.dissemination.cubes import published_cube, tiny_cube
from unit.dissemination.site.kit import seen

SPACE = "\N{NO-BREAK SPACE}"


def edited(cube: PublishedCube, **release: object) -> PublishedCube:
    info = type(cube.spec.release).model_validate({**cube.spec.release.model_dump(by_alias=True), **release})
    spec = cube.spec.model_copy(update={"release": info})
    return PublishedCube(spec=spec, classifications=cube.classifications, cells=cube.cells)


def test_the_key_figures_are_the_total_and_the_groups_of_the_first_dimension() -> None:
    cards = front(seen(published_cube()))["cards"]
    assert [c["label"] for c in cards] == [
        "I alt",
        "Arbeidssøkere på tiltak",
        "Nedsatt arbeidsevne, på tiltak",
        "Andre på tiltak",
    ]
    total = seen(published_cube()).at({})
    assert total is not None
    assert cards[0]["value"] == f"{total[-1]:,}".replace(",", SPACE)


def test_a_change_beside_a_key_figure_is_of_two_shown_figures() -> None:
    harbours = {c["label"]: c for c in front(seen(tiny_cube(), "en"))["cards"]}
    assert harbours["Total"]["changes"] == [
        {"way": "down", "size": "−33 (−2.7%)", "text": "from December 2024"}
    ]


def test_a_hidden_key_figure_is_the_symbol_and_says_what_was_shown_last() -> None:
    view = seen(tiny_cube())
    figures = {**view.figures, ("TOTAL", "TOTAL"): (1234, "*")}
    card = front(replaced(view, figures))["cards"][0]
    assert (card["value"], card["hidden"]) == ("*", True)
    assert card["last_shown"] == f"Sist vist: 1{SPACE}234 (desember 2024)"
    assert card["changes"] == [{"way": "", "size": "", "text": "Endringen fra desember 2024 kan ikke vises."}]


def replaced(view, figures):
    return type(view)(**{**{name: getattr(view, name) for name in view.__slots__}, "figures": figures})


def test_what_changed_is_told_in_words_and_what_cannot_be_told_is_counted() -> None:
    view = seen(tiny_cube())
    figures = {**view.figures, ("S", "TOTAL"): ("*", 7)}
    block = front(replaced(view, figures))["changes"]["blocks"][0]
    nord = f"gikk ned med 29 (2,4{SPACE}%), fra 1{SPACE}230 til 1{SPACE}201."
    assert block["told"] == [{"label": "Nordhavn", "text": nord}]
    assert block["hidden"].startswith("For 1 av 2 kan endringen ikke vises")


def test_dates_marks_and_the_embargo_are_on_the_front_page() -> None:
    cube = edited(
        tiny_cube(),
        published="2025-02-18T08:00:00+01:00",
        next="2025-03-15",
        preliminary=["2025-01"],
        revised=["2024-12"],
        publisher={"nb": "Havnevesenet", "en": "The harbour office"},
    )
    text = site(cube)["html/nb/index.html"].decode()
    for told in ("18. februar 2025 kl. 08.00", "15. mars 2025", "Foreløpige tall", "Reviderte tall"):
        assert told in text
    assert 'data-until="2025-02-18T08:00:00+01:00"' in text
    english = site(cube)["html/en/table-1.html"].decode()
    assert '<span class="mark">(preliminary)</span>' in english
    assert '<span class="mark">(revised)</span>' in english


def test_notes_stand_where_they_belong() -> None:
    cube = tiny_cube()
    notes = (
        Note(text={"nb": "Til havner.", "en": "x"}, dimension="harbour"),
        Note(text={"nb": "Til ketsjer.", "en": "x"}, at={"boat": "KETCH"}),
        Note(text={"nb": "Ny telling.", "en": "x"}, kind="break", at={"period": "2025-01"}),
        Note(text={"nb": "Til tabell 1.", "en": "x"}, table=1),
    )
    spec = cube.spec.model_copy(update={"notes": notes})
    found = site(PublishedCube(spec=spec, classifications=cube.classifications, cells=cube.cells))
    first, second, about = (found[f"html/nb/{p}.html"].decode() for p in ("tabell-1", "tabell-2", "om"))
    assert [("Til ketsjer." in t, "Til tabell 1." in t) for t in (first, second)] == [
        (False, True),
        (True, False),
    ]
    assert all("Brudd, januar 2025: Ny telling." in t for t in (first, second, about))
    assert 'stroke-dasharray="3 3"' in found["html/nb/figurer.html"].decode()


def test_marks_tie_rows_and_periods_to_their_notes() -> None:
    cube = tiny_cube()
    notes = (
        Note(text={"nb": "Til ketsjer.", "en": "x"}, at={"boat": "KETCH"}),
        Note(text={"nb": "Til alt.", "en": "x"}),
        Note(text={"nb": "Ny telling.", "en": "x"}, kind="break", at={"period": "2025-01"}),
    )
    spec = cube.spec.model_copy(update={"notes": notes})
    found = site(PublishedCube(spec=spec, classifications=cube.classifications, cells=cube.cells))
    text = found["html/nb/tabell-2.html"].decode()
    below = text[text.index('<h2 id="notes">') :]
    assert '<th scope="row">Ketsj <sup>1)</sup></th>' in text
    assert [line for line in below.splitlines() if line.startswith("<li>")][:3] == [
        "<li>Til alt.</li>",
        "<li><sup>1)</sup> Ketsj: Til ketsjer.</li>",
        "<li><sup>2)</sup> Brudd, januar 2025: Ny telling.</li>",
    ]
    heads = text[text.index('<tr class="heads">') : text.index('<tr class="total">')]
    assert heads.count("<sup>2)</sup>") == heads.count("<sup>") == 1


def test_nynorsk_has_pages_and_words_of_its_own() -> None:
    cube = tiny_cube()
    spec = cube.spec.model_validate_json(cube.spec.model_dump_json(by_alias=True).replace('"en"', '"nn"'))
    names = {
        name: type(c)(
            name=c.name,
            levels=c.levels,
            items=tuple(
                type(i)(code=i.code, parent=i.parent, labels={**i.labels, "nn": i.labels["nb"]})
                for i in c.items
            ),
        )
        for name, c in cube.classifications.items()
    }
    found = site(PublishedCube(spec=spec, classifications=names, cells=cube.cells))
    assert {f"html/nn/{p}.html" for p in ("index", "tabell-1", "figurar", "om")} <= set(found)
    assert "Hopp til innhaldet" in found["html/nn/om.html"].decode()
    assert "gjekk ned med" in found["html/nn/index.html"].decode()
