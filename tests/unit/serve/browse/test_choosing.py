"""The page on which values are chosen."""

import pytest

from unit.serve.browse.kit import Client, shell

TABLE = "/nb/tables/boats"


def test_the_usual_selection_is_ticked_and_counted(http):
    page = http.page(TABLE)
    assert page.checked == ["TOTAL", "N", "S", "TOTAL", "2025-01", "2024-12"]
    assert "6 celler valgt. Grensen er 20 000." in page.text.replace("\N{NO-BREAK SPACE}", " ")


def test_what_an_address_chooses_is_ticked(http):
    page = http.page(f"{TABLE}?valueCodes[harbour]=n&valueCodes[boat]=SAIL,KETCH&valueCodes[period]=TOP(1)")
    assert page.checked == ["N", "SAIL", "KETCH", "2025-01"]


def test_levels_and_newest_periods_can_be_chosen_without_a_script(http):
    page = http.page("/nb/tables/tiltak-alder")
    assert [a["name"] for a in page.all("select")] == [
        f"choose[{name}]" for name in ("main_group", "age", "measure", "period")
    ]
    wanted = "choose[measure]=measure_group&choose[period]=TOP(2)&choose[age]=*&valueCodes[age]=TOTAL"
    page = http.page(f"/nb/tables/tiltak-alder?{wanted}&valueCodes[main_group]=TOTAL")
    chosen = [a for a in page.all("input", type="checkbox") if "checked" in a]
    by_variable = {}
    for box in chosen:
        by_variable.setdefault(box["name"][11:-1], []).append(box)
    assert {name: len(found) for name, found in by_variable.items()} == {
        "main_group": 1, "age": 8, "measure": 9, "period": 2
    }  # fmt: skip
    assert {box["data-level"] for box in by_variable["measure"]} == {"1"}


def test_what_is_published_together_can_be_chosen_at_once_and_has_figures(http):
    page = http.page("/nb/tables/tiltak-alder")
    ready = [a["href"].partition("#")[0] for a in page.all("a") if a.get("href", "").endswith("#choose")]
    assert len(ready) == 9
    for address in ready:
        view = http.page(address.replace("tiltak-alder?", "tiltak-alder/view?"))
        assert not [a for a in view.all("td") if a.get("class") == "x"]


def test_a_table_of_too_many_cells_is_refused_with_numbers_and_the_choice_kept(held, tmp_path):
    client = Client(shell(held, tmp_path, max_cells=10))
    wanted = "valueCodes[harbour]=*&valueCodes[boat]=*&valueCodes[period]=TOP(2)"
    page = client.page(f"{TABLE}/view?{wanted}", status=400)
    assert "36 celler er for mange: En tabell her kan ha 10." in page.text
    assert len(page.checked) == 3 + 6 + 2
    assert client.page(f"{TABLE}?{wanted}").checked == page.checked


def test_an_old_release_says_that_it_is_and_leads_to_the_newest(http):
    page = http.page(f"{TABLE}@2025-01-20")
    assert "Dette er en eldre utgave. (2025-01-20)" in page.text
    assert page.all("a", href=TABLE)
    assert page.all("form", action=f"{TABLE}@2025-01-20/view")
    assert "eldre utgave" not in http.page(TABLE).text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("valueCodes[age]=1", "Tabellen har ingen variabel «age»."),
        ("valueCodes[harbour]=X&valueCodes[period]=*", "har ingen verdi «X»"),
        ("valueCodes[harbour]=TOP(x)&valueCodes[period]=*", "har ingen verdi «TOP(x)»"),
        ("valueCodes[harbour]=N", "Velg minst én verdi i Periode."),
        ("valueCodes[=N", "Utvalget i adressen kan ikke forstås."),
        ("stub=harbour&heading=harbour", "Plasseringen av variablene"),
        ("stub=nope", "Plasseringen av variablene"),
        ("show=pie", "Det finnes ingen visning «pie»."),
    ],
)
def test_a_bad_address_gives_the_form_again_and_says_what_is_wrong(http, query, said):
    page = http.page(f"{TABLE}/view?{query}", status=400)
    assert said in page.text
    assert page.all("div", role="alert")
    assert page.all("form", id="choose")
