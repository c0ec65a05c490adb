"""The fixed words of the site; ``{…}`` are places for :meth:`str.format`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteWords:
    """What the pages say in one language."""

    # frame
    skip: str
    menu: str
    home: str
    tables: str
    charts: str
    about: str
    made_by: str
    made_with: str
    embargo: str
    # front
    key_figures: str
    from_previous: str
    no_change_shown: str
    last_shown: str
    none_shown: str
    changes: str
    rose: str
    fell: str
    same: str
    hidden_changes: str
    one_table: str
    table_numbers: str
    many_tables: str
    all_charts: str
    published: str
    next_release: str
    period: str
    unit: str
    preliminary: str
    revised: str
    preliminary_mark: str
    revised_mark: str
    # tables
    choose: str
    previous: str
    following: str
    show: str
    view_figures: str
    view_change: str
    view_percent: str
    view_year: str
    view_year_percent: str
    view_share: str
    fold: str
    fold_all: str
    unfold_all: str
    print_page: str
    impossible: str
    sign_impossible: str
    sign_derived: str
    table_charts: str
    # charts
    chart_series: str
    chart_multiples: str
    chart_profile: str
    chart_change: str
    chart_groups: str
    own_scale: str
    gap_in_line: str
    no_bar: str
    left_out: str
    not_latest: str
    data: str
    download: str
    summary_from_to: str
    summary_one: str
    summary_largest: str
    summary_largest_of: str
    summary_most_up: str
    summary_most_down: str
    # about
    in_short: str
    definitions: str
    notes: str
    breaks: str
    break_mark: str
    dimensions: str
    levels: str
    bands: str
    privacy: str
    audit: str
    source: str
    legal_basis: str
    publisher: str
    contact: str
    licence: str
    keywords: str
    how_to_use: str
    use_figures: str
    use_hidden: str
    use_codes: str
    use_site: str
    # files
    file_kinds: dict[str, tuple[str, str]]
    other_files: str
    files_count: str
