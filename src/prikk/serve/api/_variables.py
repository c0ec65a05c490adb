"""The variables of a table as queries name them: in any case, with their codes in any case, and their codelists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from prikk.dissemination import Dataset
from prikk.dissemination.exchange import CONTENTS_VALUE, PERIOD, Axis, contents_name
from prikk.serve.api._problems import bad, nearest, quoted
from prikk.spec import TOTAL

CONTENTS = -1
"""Stands for the number of the variable of the contents, which is no axis."""
_SEPARATOR = "__"
Places = Sequence[int]
"""Places of codes on an axis, ascending."""


@dataclass(frozen=True, kw_only=True)
class Variable:
    """One variable. ``number`` is that of its axis; ``total`` the place of what stands for it when it is left out, -1 without."""

    number: int
    name: str
    codes: tuple[str, ...]
    time: bool
    total: int
    levels: Mapping[str, range | tuple[int, ...]]

    @cached_property
    def every(self) -> range:
        """All places."""
        return range(len(self.codes))

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of each code."""
        return {code: i for i, code in enumerate(self.codes)}

    @cached_property
    def folded(self) -> Mapping[str, int]:
        """The same without regard to case; of two codes that differ in case only, the first."""
        return {code.casefold(): i for i, code in reversed(list(enumerate(self.codes)))}

    def named(self, codes: Sequence[str]) -> Places | None:
        """The places of codes that are written as they are, each once, in order; None where one is not."""
        places = self.places
        try:
            if len(codes) == 1:
                return self.every if codes[0] == "*" else (places[codes[0]],)
            return sorted({places[code] for code in codes}) if "*" not in codes else None
        except KeyError:
            return None

    def find(self, code: str) -> int | None:
        """The place of a code, as it is or else in any case."""
        found = self.places.get(code)
        return self.folded.get(code.casefold()) if found is None else found

    def place(self, code: str) -> int:
        """The place of a code; a problem when it has none."""
        found = self.find(code)
        if found is None:
            what = f"The variable {quoted(self.name)} has no value {quoted(code)}."
            fix = f"See the codes in the metadata of the table.{nearest(code, self.codes)}"
            raise bad(what, f"the selection of {quoted(self.name)}", fix)
        return found

    def level(self, codelist: str) -> range | tuple[int, ...]:
        """The places of the codes of a codelist, by its whole id or without the table; a problem when there is none."""
        wanted = codelist.casefold()
        for name, places in self.levels.items():
            short = f"{self.name}{_SEPARATOR}{name}".casefold()
            if wanted == short or wanted.endswith(f"{_SEPARATOR}{short}"):
                return places
        what = f"The variable {quoted(self.name)} has no codelist {quoted(codelist)}."
        known = [f"{self.name}{_SEPARATOR}{name}" for name in self.levels]
        fix = (
            f"Its codelists are its levels: {', '.join(known)}."
            if known
            else "Leave it out; it has no codelists."
        )
        raise bad(what, f"the codelist of {quoted(self.name)}", fix)


@dataclass(frozen=True, kw_only=True)
class Variables:
    """All variables of a table, in the order of its data set: the contents before the periods."""

    each: tuple[Variable, ...]

    @cached_property
    def _by_name(self) -> Mapping[str, Variable]:
        exact = {variable.name: variable for variable in self.each}
        return {variable.name.casefold(): variable for variable in reversed(self.each)} | exact

    @property
    def names(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(variable.name for variable in self.each)

    @cached_property
    def axes(self) -> tuple[Variable, ...]:
        """Those that are axes of the data set, in its order."""
        return tuple(v for v in self.each if v.number != CONTENTS)

    def find(self, name: str) -> Variable:
        """A variable by its name in any case; a problem when there is none."""
        found = self._by_name.get(name) or self._by_name.get(name.casefold())
        if found is None:
            fix = f"Its variables are {', '.join(self.names)}.{nearest(name, self.names)}"
            raise bad(f"The table has no variable {quoted(name)}.", "the selection", fix)
        return found


def variables_of(dataset: Dataset) -> Variables:
    """What queries of a data set may name."""
    *dimensions, periods = (_variable(i, axis) for i, axis in enumerate(dataset.axes))
    contents = Variable(
        number=CONTENTS,
        name=contents_name(dataset.axes),
        codes=(CONTENTS_VALUE,),
        time=False,
        total=0,
        levels={},
    )
    return Variables(each=(*dimensions, contents, periods))


def _variable(number: int, axis: Axis) -> Variable:
    depths = axis.depths
    return Variable(
        number=number,
        name=axis.name,
        codes=axis.codes,
        time=axis.name == PERIOD,
        total=axis.codes.index(TOTAL) if TOTAL in axis.codes and axis.name != PERIOD else -1,
        levels={
            level: tuple(p for p, depth in enumerate(depths) if depth == i + 1)
            for i, level in enumerate(axis.levels)
        },
    )


def codelist_id(table: str, variable: str, level: str) -> str:
    """What a level of a variable is called: the table, the variable and the level."""
    return f"{table}{_SEPARATOR}{variable}{_SEPARATOR}{level}"
