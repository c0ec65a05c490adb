"""The words of a report, in each language; the figures and names in it are the document's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The fixed words of one language; ``{…}`` are places for :meth:`str.format`."""

    # Derivations.
    at_most: str
    at_least: str
    its_most: str
    its_least: str
    equal_to: str
    span: str
    no_end: str
    step: str
    here: str
    in_table: str
    in_source: str
    same_table: str
    not_printed: str
    no_name: str
    rounded: str
    combined: str
    over: str
    listed: str
    divided: str
    because: str
    also: str
    because_high: str
    because_low: str
    because_positive: str
    because_shown: str
    because_other: str
    rule_span: str
    so: str
    so_because: str
    so_not_all: str
    search: str
    no_steps: str
    undecided: str
    undecided_inner: str
    unavoidable: str
    unavoidable_help: str
    # Verdicts.
    exact: str
    narrowed: str
    open: str
    safe: str
    other: str
    # The summary.
    audit: str
    leak_none: str
    leak_one: str
    leak_many: str
    leak_either: str
    part_exact: str
    part_unavoidable: str
    part_narrowed: str
    part_undecided: str
    nothing_hidden: str
    attacker: str
    attackers: Mapping[str, str]
    no_rule_reader: str
    rule_name: str
    rule: str
    no_rule: str
    zero_too: str
    not_zero: str
    requirement: str
    requirements: Mapping[str, str]
    small_requirement: str
    figures: str
    figures_text: str
    figures_either: str
    figures_only: str
    assumptions: str
    unsure: str
    none: str
    contradictions: str
    leaks: str
    first_of: str
    # The page.
    kinds: Mapping[str, str]
    small_kinds: Mapping[str, str]
    legend: str
    legend_used: str
    explained: str
    tables: str
    table: str
    place: str
    possible: str
    verdict: str
    how: str
    derivations: str
    no_leaks_here: str
    elsewhere: str
    elsewhere_text: str
    too_large: str
    next_leak: str
    previous_leak: str
    only_leaking: str
    keys: str
    close: str
    used: str
    leak_of: str
    show: str
    skip: str
    rest_in_json: str
