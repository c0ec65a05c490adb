"""Odd labels and odd addresses: text stays text, and what is wrong is told on a page."""

from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prikk.serve.browse import error_page
from prikk.serve.store import UnreadableError
from unit.serve.browse.kit import EVIL, Client, shell

PAGES = [
    "/nb/",
    "/nb/tables/evil",
    "/en/tables/evil/view?valueCodes[harbour]=*&valueCodes[period]=*",
    "/nb/tables/evil/view?show=line&valueCodes[harbour]=*&valueCodes[period]=*",
    "/nb/tables/evil/view?show=bar&valueCodes[harbour]=*&valueCodes[period]=*",
    "/nb/tables/evil/releases",
]
XSS = [
    '"><script>alert(1)</script>',
    "'onmouseover='alert(1)",
    "javascript:alert(1)",
    "{{7*7}}${7*7}",
    "</title><b>",
]
PARAMETERS = [
    "query", "page", "stub", "heading", "show", "sort", "folded", "period", "bands", "left", "right", "lang",
    "valueCodes[harbour]", "codelist[harbour]", "choose[harbour]", "valueCodes[{}]", "{}",
]  # fmt: skip

KINDS = ("valueCodes", "codelist", "choose")
NAMES = ("harbour", "boat", "period", "contents", "BOAT")
VALUES = [
    "*", "TOTAL", "N", "SAIL,KETCH", "TOP(1)", "BOTTOM(2,1)", "RANGE(N,S)", "RANGE(S,N)", "FROM(", "boat_group", "?", "*T*",
    "table", "line", "bar", "profile", "-1", "1", "harbour,boat", "period", "2025-01", "hide", "9" * 30,
]  # fmt: skip


def harmless(page):
    """Nothing on a page runs, or is anything that the templates did not make."""
    assert page.all("img") == []
    assert [a for a in page.all("script") if set(a) != {"src"}] == []
    assert len(page.all("script")) == len(page.all("h1")) == len(page.all("main")) == 1
    names = {name for _, found in page.elements for name in found}
    assert not [n for n in names if n.startswith("on") or n == "style"]
    assert not [a for a in page.all("a") if a.get("href", "").lower().startswith("javascript")]


@pytest.mark.parametrize("address", PAGES)
def test_labels_stay_text(http, address):
    page = http.page(address)
    harmless(page)
    assert " ".join(EVIL.split()) in page.text


@pytest.mark.parametrize("value", XSS)
@pytest.mark.parametrize("name", PARAMETERS)
def test_no_parameter_becomes_markup(http, name, value):
    name = name.format(value)
    asked = f"valueCodes[harbour]=*&valueCodes[period]=*&{quote(name)}={quote(value)}"
    for path in ("/nb/", "/nb/tables/boats", "/nb/tables/boats/view", "/nb/tables/boats/releases"):
        answer = http.get(f"{path}?{asked}")
        assert answer.status_code in (200, 400)
        harmless(http.page(f"{path}?{asked}", answer.status_code))


@pytest.mark.parametrize(
    "value", [*XSS, "../../etc/passwd", "%00", "a" * 3000, "\N{PILE OF POO}", "%ff%fe", "æøå"]
)
def test_no_path_becomes_markup_or_a_file(http, value):
    safe = value if value.startswith("%") else quote(value, safe="")
    for path in (f"/{safe}", f"/{safe}/", f"/nb/{safe}", f"/nb/tables/{safe}", f"/nb/tables/{safe}/view",
                 f"/nb/tables/{safe}/releases", f"/tables/{safe}", f"/static/browse.{safe}"):  # fmt: skip
        answer = http.get(path)
        assert answer.status_code in (404, 414, 400), path
        assert "Traceback" not in answer.text
        assert "root:" not in answer.text


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from([*(f"{kind}[{name}]" for kind in KINDS for name in NAMES), *PARAMETERS]),
            st.one_of(st.sampled_from(VALUES), st.text(max_size=12)),
        ),
        max_size=8,
    )
)
def test_any_address_gives_a_page(http, asked):
    query = "&".join(f"{quote(name)}={quote(value, errors='replace')}" for name, value in asked)
    for path in ("/nb/", "/nb/tables/boats", "/en/tables/boats/view"):
        answer = http.get(f"{path}?{query}")
        assert answer.status_code in (200, 400)
        harmless(http.page(f"{path}?{query}", answer.status_code))


@pytest.mark.parametrize("language", ["nb", "en"])
def test_a_withdrawn_release_is_gone_with_its_reason_and_the_newest_that_stands(http, language):
    page = http.page(f"/{language}/tables/boats@2024-12-20/view?x=1", status=410)
    assert {"nb": "Grunn: Feil i <mars>.", "en": "Reason: Wrong <March>."}[language] in page.text
    assert page.all("a", href=f"/{language}/tables/boats@2025-02-20")
    harmless(page)


@pytest.mark.parametrize(
    "path", ["/nb/tables/nope", "/nb/tables/boats@1999-01-01", "/nb/tables/nope/releases", "/nb/x/y/z"]
)
def test_what_is_not_there_is_told_on_a_page_and_to_programs_as_a_problem(http, path):
    page = http.page(path, status=404)
    assert "finnes ikke" in page.text
    assert page.all("a", href="/nb/")
    if path == "/nb/x/y/z":
        assert http.get(path, accept="application/json").headers["content-type"] == "application/problem+json"


def test_a_damaged_release_says_that_it_cannot_be_read_and_no_more(held, tmp_path):
    class Damaged:
        catalogue = held.catalogue

        def dataset(self, release):
            raise UnreadableError("release boats@1 cannot be read (OSError)")

    answer = Client(shell(Damaged(), tmp_path)).get("/nb/tables/boats")
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "10"
    assert "kan ikke leses" in answer.text
    assert "OSError" not in answer.text


@pytest.mark.parametrize("status", [400, 403, 404, 405, 410, 414, 429, 500, 503])
def test_every_other_error_has_a_page_of_the_same_look(status):
    body, kind = error_page(status, "<b>detail</b>", "nn", "/root", "id<1>")
    assert kind == b"text/html; charset=utf-8"
    text = body.decode()
    assert f'<p class="kicker">{status}</p>' in text
    assert "<b>" not in text
    assert 'href="/root/nn/"' in text


def test_pages_are_ruled_by_the_strict_policy_and_set_no_cookie(http):
    answer = http.get("/nb/tables/boats/view")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "set-cookie" not in answer.headers


def test_styles_and_scripts_may_be_kept_for_as_long_as_their_address_has_their_digest(http):
    for attribute, tag in (("href", "link"), ("src", "script")):
        address = next(a[attribute] for a in http.page("/nb/").all(tag) if "/static/" in a.get(attribute, ""))
        assert "immutable" in http.get(address).headers["cache-control"]
        assert http.get(address.partition("?")[0] + "?v=old").headers["cache-control"] == "no-cache"
    assert "http://" not in http.get("/static/browse.css").text


def test_under_a_path_of_another_server_all_addresses_have_it(held, tmp_path):
    client = Client(shell(held, tmp_path, root_path="/stat"))
    shell_scope = client.app

    async def under(scope, receive, send):
        await shell_scope({**scope, "root_path": "/stat"}, receive, send)

    client.app = under
    page = client.page("/stat/nb/tables/boats/view")
    local = [a["href"] for a in page.all("a") if a.get("href", "").startswith("/")]
    assert local
    assert [a for a in local if not a.startswith("/stat/")] == []
