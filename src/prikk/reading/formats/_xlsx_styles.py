"""The styles of a workbook: bold, indentation and number format of each cell style."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from prikk.reading.formats._number_format import BUILT_IN


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What a cell style says of the text in it."""

    bold: bool = False
    indent: int = 0
    code: str = "General"


def styles(found: Sequence[tuple[str, dict[str, str]]]) -> list[Style]:
    """Give the cell styles in the order of their numbers, from the elements of the styles part."""
    codes = dict(BUILT_IN)
    bold: list[bool] = []
    result: list[Style] = []
    section = ""
    for name, attributes in found:
        if name in ("fonts", "cellXfs", "cellStyleXfs", "dxfs", "fills", "borders", "cellStyles"):
            section = name
        elif name == "numFmt" and section not in ("dxfs",):
            codes[_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "font" and section == "fonts":
            bold.append(False)
        elif name == "b" and section == "fonts" and bold:
            bold[-1] = attributes.get("val", "1") not in ("0", "false")
        elif name == "xf" and section == "cellXfs":
            font = _number(attributes.get("fontId"))
            code = codes.get(_number(attributes.get("numFmtId")), "General")
            result.append(Style(bold=0 <= font < len(bold) and bold[font], code=code))
        elif name == "alignment" and section == "cellXfs" and result:
            last, indent = result[-1], _number(attributes.get("indent"))
            result[-1] = Style(bold=last.bold, indent=max(0, min(indent, 250)), code=last.code)
    return result


def _number(text: str | None) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 10 else 0
