"""Marks of a chart as SVG text: presentation attributes hold the light colours, classes let the style sheet change them.

No style element or attribute is used: the pages' content policy forbids both, and a saved file needs neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

FONT = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'Liberation Sans', Arial, sans-serif"
COLOURS = ("#0b4f8a", "#b3402a", "#1b7340", "#7a3e9d", "#8a5a00", "#00707a", "#5c5c5c")
"""Each has a contrast of at least 4.5 on white; the style sheet has others for a dark page."""
DASHES = ("", "7 3", "2 3", "9 3 2 3", "12 4", "4 2", "1 2")
INK, SOFT, HAIR, PAPER = "#1a1a1a", "#4a545c", "#cfd6db", "#ffffff"

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A finished chart: its size in user units and its marks."""

    width: int
    height: int
    marks: str


def fine(value: float) -> str:
    """A coordinate with one decimal at most."""
    return f"{value:.1f}".removesuffix(".0")


def text(at: Point, content: str, *, anchor: str = "start", kind: str = "ink", bold: str = "") -> str:
    """A line of text; ``kind`` is ``ink`` or ``soft``, ``bold`` a weight."""
    colour = {"ink": INK, "soft": SOFT}[kind]
    extra = f' text-anchor="{anchor}"' if anchor != "start" else ""
    extra += f' font-weight="{bold}"' if bold else ""
    return f'<text class="{kind}" x="{fine(at[0])}" y="{fine(at[1])}" fill="{colour}"{extra}>{escape(content)}</text>'


def lines_of_text(
    at: Point, lines: Sequence[str], leading: float, *, anchor: str = "start", bold: str = ""
) -> str:
    """Several lines of text below one another, the first at the given place."""
    return "".join(
        text((at[0], at[1] + i * leading), line, anchor=anchor, bold=bold) for i, line in enumerate(lines)
    )


def rule(start: Point, end: Point, *, kind: str = "hair", dash: str = "") -> str:
    """A straight line of the frame."""
    colour = {"hair": HAIR, "soft": SOFT}[kind]
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    places = f'x1="{fine(start[0])}" y1="{fine(start[1])}" x2="{fine(end[0])}" y2="{fine(end[1])}"'
    return f'<line class="{kind}" {places} stroke="{colour}"{dashes}/>'


def bar(x: float, y: float, width: float, height: float, series: int = 0) -> str:
    """A bar."""
    size = f'x="{fine(x)}" y="{fine(y)}" width="{fine(width)}" height="{fine(height)}"'
    return f'<rect class="f{series}" {size} fill="{COLOURS[series]}"/>'


def curve(points: Sequence[Point | None], series: int, *, dashed: bool = True) -> str:
    """A line through points; it stops at None and starts anew behind it."""
    path, pen_up = "", True
    for point in points:
        if point is not None:
            path += f"{'M' if pen_up else 'L'}{fine(point[0])} {fine(point[1])}"
        pen_up = point is None
    dash = f' stroke-dasharray="{DASHES[series]}"' if dashed and DASHES[series] else ""
    return (
        f'<path class="s{series}" d="{path}" fill="none" stroke="{COLOURS[series]}" stroke-width="2"{dash}/>'
    )


def mark(at: Point, series: int, size: float = 3.6) -> str:
    """The sign of a series at a point: a circle, a square, a triangle and so on, so that colour is not needed."""
    x, y = at
    shapes: dict[int, list[Point]] = {
        1: [(-1, -1), (1, -1), (1, 1), (-1, 1)],
        2: [(0, -1.25), (1.2, 0.9), (-1.2, 0.9)],
        3: [(0, -1.35), (1.35, 0), (0, 1.35), (-1.35, 0)],
        4: [(0, 1.25), (1.2, -0.9), (-1.2, -0.9)],
        5: [(-1.3, -0.6), (1.3, -0.6), (1.3, 0.6), (-1.3, 0.6)],
    }
    if series in shapes:
        corners = "L".join(f"{fine(x + a * size)} {fine(y + b * size)}" for a, b in shapes[series])
        return f'<path class="f{series}" d="M{corners}Z" fill="{COLOURS[series]}"/>'
    hollow = series == 6
    fill = (
        f'class="s{series} hollow" fill="{PAPER}"'
        if hollow
        else f'class="f{series}" fill="{COLOURS[series]}"'
    )
    ring = f' stroke="{COLOURS[series]}" stroke-width="2"' if hollow else ""
    return f'<circle {fill} cx="{fine(x)}" cy="{fine(y)}" r="{fine(size)}"{ring}/>'


def wrap(content: str, width: float, size: float = 13, most: int = 3) -> list[str]:
    """Text in lines of about a width; the last of the lines allowed ends with an ellipsis if something is left out."""
    limit = max(4, int(width / (size * 0.57)))
    found: list[str] = []
    for word in content.split():
        if found and len(found[-1]) + 1 + len(word) <= limit:
            found[-1] += f" {word}"
        else:
            found.append(word)
    if len(found) > most:
        found = [*found[: most - 1], f"{found[most - 1][: limit - 1]}…"]
    return [line if len(line) <= limit * 1.35 else f"{line[: int(limit * 1.3)]}…" for line in found] or [""]


def as_file(drawing: Drawing, title: str, foot: Sequence[str], size: int = 13) -> bytes:
    """A drawing as a file of its own, with its title and what must be said of it, on white."""
    heads = wrap(title, drawing.width - 20, 16)
    notes = [line for note in foot for line in wrap(note, drawing.width - 20, size, most=5)]
    top, leading = 20 + 22 * len(heads), 18
    height = top + drawing.height + leading * len(notes) + 14
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawing.width} {height}" width="{drawing.width}"',
        f' height="{height}" role="img" font-family="{FONT}" font-size="{size}">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{drawing.width}" height="{height}" fill="{PAPER}"/><g font-size="16">',
        lines_of_text((10, 26), heads, 22, bold="600"),
        f'</g><g transform="translate(0 {top})">{drawing.marks}</g>',
        lines_of_text((10, top + drawing.height + 14), notes, leading),
        "</svg>\n",
    ]
    return "".join(parts).encode()
