from typing import Any, get_args

import pytest

from prikk.dissemination._notes import LEGENDS, legend, rule_text
from prikk.dissemination._words import WORDS, words
from prikk.spec import ProtectionSpec, ReleaseSpec
from unit.dissemination.cubes import TINY


def spec_with(**protection: Any) -> ReleaseSpec:
    return ReleaseSpec.model_validate({**TINY, "protection": {**TINY["protection"], **protection}})


def test_every_method_has_its_legend() -> None:
    assert set(LEGENDS) == set(get_args(ProtectionSpec.model_fields["method"].annotation))


@pytest.mark.parametrize("language", sorted(WORDS))
def test_a_publication_that_is_not_protected_says_so(language: str) -> None:
    assert words(language).unprotected in legend(spec_with(), language)


def test_the_legend_tells_the_range_of_a_hidden_figure() -> None:
    assert "(0 to 3)" in legend(spec_with(threshold=4), "en")[0]
    assert "(0 til 3)" in legend(spec_with(threshold=4), "nb")[0]


def test_shown_zeros_are_not_said_to_be_hidden() -> None:
    spec = spec_with(threshold=4, zeros="shown")
    assert "(1 to 3)" in legend(spec, "en")[0]
    assert "not 0" in rule_text(spec, "en")
    assert "ikke 0" in rule_text(spec, "nb")


def test_a_range_of_one_value_is_that_value() -> None:
    assert "(1)" in legend(spec_with(threshold=2, zeros="shown"), "en")[0]


def test_the_rule_names_its_legal_basis_where_there_is_one() -> None:
    assert rule_text(spec_with(legal_basis="Statistikkloven § 7-1"), "nb").endswith(
        "Hjemmel: Statistikkloven § 7-1."
    )
    assert "Hjemmel" not in rule_text(spec_with(legal_basis=""), "nb")


def test_the_symbol_is_the_one_of_the_spec() -> None:
    spec = spec_with(symbol="{x}")
    assert legend(spec, "nb")[0].startswith("{x} = ")
    assert "«{x}»" in rule_text(spec, "nb")


def test_an_unknown_language_has_english_words() -> None:
    assert words("xx") == WORDS["en"]
