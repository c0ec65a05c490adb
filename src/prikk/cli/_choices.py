"""The options of ``prikk protect`` that ask for more than safety, and how long and by how many it is looked for."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

_MORE = "What else is asked"
_SEARCH = "The search"

Together = Annotated[
    list[str] | None,
    typer.Option(
        "--together",
        metavar="DIM=CODE|CODE,…",
        help="Cells to hide together or not at all; * is every code but the total.",
        rich_help_panel=_MORE,
    ),
]
Previous = Annotated[
    Path | None,
    typer.Option(
        "--previous",
        metavar="FILE.CSV",
        help="What this command wrote for last month: hide again what it hid.",
        rich_help_panel=_MORE,
    ),
]
Steady = Annotated[
    float | None,
    typer.Option(
        "--steady",
        metavar="SHARE",
        help="By what share a cell costs less that was hidden then (0.5).",
        rich_help_panel=_MORE,
    ),
]
Singletons = Annotated[
    bool,
    typer.Option(
        "--singletons",
        help="Hold for people who are alone in a hidden cell and so know it.",
        rich_help_panel=_MORE,
    ),
]
Effort = Annotated[
    int,
    typer.Option(
        "--effort",
        min=0,
        help="How long to improve: about a second each.",
        rich_help_panel=_SEARCH,
    ),
]
Seed = Annotated[
    int,
    typer.Option(
        "--seed",
        min=0,
        help="The same seed gives the same pattern.",
        rich_help_panel=_SEARCH,
    ),
]
Processes = Annotated[
    int | None,
    typer.Option(
        "--processes",
        min=1,
        help="How many may work at once; else all cores. Changes no answer.",
        rich_help_panel=_SEARCH,
    ),
]
