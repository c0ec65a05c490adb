"""Several rules on the same cells."""

from __future__ import annotations

import numpy as np

from prikk.sensitivity._requirement import UNKNOWN, Requirement


def combined(first: Requirement, *others: Requirement) -> Requirement:
    """Ask what each of some rules asks.

    A cell is sensitive when any rule says so. It needs the most that any of these rules needs, and a reader knows of
    it all that they let be known together. Rules that do not touch a cell say nothing of it.

    >>> from prikk.sensitivity import threshold_rule
    >>> both = combined(*(threshold_rule(np.array([1, 2, 5]), t, "shown") for t in (2, 4)))
    >>> both.sensitive.tolist(), both.up.tolist()
    ([True, True, False], [2, 1, 0])
    """
    rules = (first, *others)
    sensitive = np.any([r.sensitive for r in rules], axis=0)
    return Requirement(
        sensitive=sensitive,
        low=np.max([np.where(r.sensitive, r.low, 0) for r in rules], axis=0),
        high=np.min([np.where(r.sensitive, r.high, UNKNOWN) for r in rules], axis=0),
        down=np.max([np.where(r.sensitive, r.down, 0) for r in rules], axis=0),
        up=np.max([np.where(r.sensitive, r.up, 0) for r in rules], axis=0),
    )
