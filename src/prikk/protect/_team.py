"""The processes that search together: one that decides, and others that hold the same bench."""

from __future__ import annotations

import os
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

from prikk.protect._bench import Afresh, Bench, Changed, Message, Priced, Settled
from prikk.protect._finder import Finder
from prikk.protect._model import Floats, Ints, Problem
from prikk.protect._pattern import Held, Pattern
from prikk.solve import Crew

ROUND = 8
"""So many questions are asked of one state, on any number of processes."""
_WORTH = 150
"""A process takes a second to start: fewer targets than this are not worth it."""


class Team:
    """A bench and its copies in other processes, a count of programmes, and numbers for questions."""

    def __init__(self, problem: Problem, columns: int, seed: int, processes: int | None) -> None:
        self.problem = problem
        self.bench = Bench(Finder(problem, columns, seed))
        self.programmes = 0
        self._asked = 0
        many = min(processes or _cores(), ROUND) if len(problem.targets.row) >= _WORTH else 1
        self._crew = Crew("prikk.protect._bench:at_bench", (problem, columns, seed), many - 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._crew.close()

    @property
    def pattern(self) -> Pattern:
        """The pattern at hand."""
        return self.bench.pattern

    def number(self) -> int:
        """A number for the next question: it seeds what is random in the answer."""
        self._asked += 1
        return self._asked

    def afresh(self, price: Floats, targets: Ints, held: dict[int, Held] | None = None) -> None:
        """Take another pattern in hand, empty or with some witnesses."""
        self._tell(Afresh(price, held or {}, targets))

    def reprice(self, price: Floats) -> None:
        """Search with other prices from here on."""
        self._pass_on()
        self._tell(Priced(price))

    def settled(self) -> None:
        """Let all know what became of the targets."""
        self._pass_on()
        targets = self.problem.targets
        self._crew.tell(Settled(targets.down, targets.up, self.problem.loose))

    def ask(self, questions: Sequence[Message]) -> list[Any]:
        """Give the answers in order."""
        self._pass_on()
        answers = self._crew.ask(questions, lambda question: question(self.bench))
        self.pattern.journal.clear()
        self.programmes += sum(programmes for _, programmes in answers)
        return [answer for answer, _ in answers]

    def _pass_on(self) -> None:
        """Let the others follow what was changed here."""
        if len(self._crew) and self.pattern.journal:
            self._crew.tell(Changed(self.pattern.changes()))
        self.pattern.journal.clear()

    def _tell(self, message: Message) -> None:
        self._crew.tell(message)
        message(self.bench)
        self.pattern.journal.clear()


def _cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
