"""What readers may see of a store at a moment; a value that never changes."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from prikk.serve.store._model import Release
from prikk.serve.store._versions import order_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Upcoming:
    """When the next release of a table comes, as its newest one says."""

    release: Release
    due: dt.date


class Catalogue:
    """The releases that may be shown at ``now``; those under embargo are only counted, for the operator.

    It holds until the moment ``until`` (seconds since 1970), when the next embargo ends.
    """

    __slots__ = ("_by_id", "_by_name", "_newest", "embargoed", "until", "upcoming")

    def __init__(self, releases: Iterable[Release], now: dt.datetime) -> None:
        """Sort releases of any order, with no two of one id and version."""
        by_id, held = defaultdict[str, list[Release]](list), list[dt.datetime]()
        for release in releases:
            if release.published is not None and release.published > now:
                held.append(release.published)
            else:
                by_id[release.id].append(release)
        self._by_id = {id_: tuple(sorted(by_id[id_], key=_age, reverse=True)) for id_ in sorted(by_id)}
        self._newest = tuple(versions[0] for versions in self._by_id.values())
        self._by_name = {release.id: release for release in self._newest}
        self._by_name |= {r.name.lower(): r for versions in self._by_id.values() for r in versions}
        self.embargoed = len(held)
        self.until = min((moment.timestamp() for moment in held), default=math.inf)
        self.upcoming = _upcoming(self._newest, now.date())

    def newest(self) -> Sequence[Release]:
        """The newest shown version of each table, ordered by id."""
        return self._newest

    def find(self, table: str) -> Release | None:
        """What ``id`` or ``id@version`` names, in any case; None when it is unknown or under embargo."""
        return self._by_name.get(table) or self._by_name.get(table.lower())

    def versions(self, id: str) -> Sequence[Release]:
        """The shown versions of a table, newest first."""
        return self._by_id.get(id.lower(), ())


def _age(release: Release) -> tuple[str, float, tuple[tuple[int, int, str], ...]]:
    """The day decides, then the minute, then the number after the date."""
    moment = release.published
    if moment is None:
        return release.version[:10], 0.0, order_of(release.version)
    return moment.date().isoformat(), moment.timestamp(), order_of(release.version)


def _upcoming(newest: Iterable[Release], today: dt.date) -> tuple[Upcoming, ...]:
    found = (Upcoming(release=r, due=r.due) for r in newest if r.due is not None and r.due >= today)
    return tuple(sorted(found, key=lambda next_: (next_.due, next_.release.id)))
