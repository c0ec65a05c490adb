"""The held folder of releases: one snapshot at a time, exchanged whole."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from prikk.dissemination import Dataset, read_dataset
from prikk.serve.store._catalogue import Catalogue
from prikk.serve.store._loaded import Loaded
from prikk.serve.store._model import Release
from prikk.serve.store._scan import Draft, Fault, Place, Stamp, numbered, places, read_place

_LOG = logging.getLogger("prikk.serve")
_TEXT = 400
_BREATH = 0.002


class UnreadableError(Exception):
    """The figures of a release cannot be read at the moment; the message names the release and no path."""


class Store:
    """A folder of releases: :meth:`catalogue` for what may be shown, :meth:`dataset` for the figures of one.

    Used by many threads. :meth:`watch` looks for changes in the background until :meth:`close`.
    """

    def __init__(
        self, folder: Path, *, cache_bytes: int = 256_000_000, clock: Callable[[], float] = time.time
    ) -> None:
        """Scan the folder. ``clock`` gives seconds since 1970."""
        self._folder, self._clock = folder, clock
        self._read: dict[str, tuple[Stamp, Draft | Fault]] = {}
        self._releases: tuple[Release, ...] = ()
        self._told: frozenset[Fault] = frozenset()
        self._listed: frozenset[Fault] = frozenset()
        self._changing = threading.Lock()
        self._loaded: Loaded[str, Dataset] = Loaded(size_of, cache_bytes)
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._catalogue = Catalogue((), self._now())
        self.refresh()

    def catalogue(self) -> Catalogue:
        """What may be shown now; the same object until something appears, changes or leaves its embargo."""
        current = self._catalogue
        return current if self._clock() < current.until else self._turn()

    def _turn(self) -> Catalogue:
        with self._changing:
            if self._clock() >= self._catalogue.until:
                self._catalogue = Catalogue(self._releases, self._now())
            return self._catalogue

    def _now(self) -> dt.datetime:
        return dt.datetime.fromtimestamp(self._clock(), dt.UTC)

    def refresh(self) -> None:
        """Look at the folder; read what is new or changed, and show all of it at once."""
        found = list(self._slowly(places(self._folder)))
        with self._changing:
            faults = [f for f in found if isinstance(f, Fault)]
            fresh = {
                p.name: self._known(p.name, p.stamp) or (p.stamp, read_place(p))
                for p in found
                if not isinstance(p, Fault)
            }
            told = frozenset(faults)
            if fresh == self._read and told == self._listed:
                return
            self._read, self._listed = fresh, told
            drafts = {name: read for name, (_, read) in fresh.items() if isinstance(read, Draft)}
            faults += [read for _, read in fresh.values() if isinstance(read, Fault)]
            shelf = list(numbered(drafts))
            faults += [f for f in shelf if isinstance(f, Fault)]
            releases = tuple(r for r in shelf if not isinstance(r, Fault))
            self._tell(frozenset(faults))
            if releases != self._releases:
                self._releases = releases
                self._catalogue = Catalogue(releases, self._now())
                digests = {r.digest for r in releases}
                self._loaded.forget(lambda key: key in digests)

    def _slowly(self, found: Iterator[Place | Fault]) -> Iterator[Place | Fault]:
        """Let others run in between, once readers are being answered: a large store takes a while to walk."""
        for number, place in enumerate(found):
            if self._thread is not None and number % 20 == 19:
                time.sleep(_BREATH)
            yield place

    def _known(self, name: str, stamp: Stamp) -> tuple[Stamp, Draft | Fault] | None:
        known = self._read.get(name)
        return known if known is not None and known[0] == stamp else None

    def _tell(self, faults: frozenset[Fault]) -> None:
        """Log what is wrong once, and again only when it is something else."""
        for fault in sorted(faults - self._told, key=lambda f: f.place):
            _LOG.warning("release skipped", extra={"fields": {"release": fault.place, "reason": fault.what}})
        self._told = faults

    def dataset(self, release: Release) -> Dataset:
        """The data set of a release, loaded when it is not at hand.

        Raises :class:`UnreadableError` where its files are damaged, or are no longer those of the release.
        """
        return self._loaded.get(release.digest, lambda: self._load(release))

    def _load(self, release: Release) -> Dataset:
        try:
            dataset = read_dataset(release.folder)
            content = (release.folder / "manifest.json").read_bytes()
        except Exception as error:
            what = f"release {release.name} cannot be read ({type(error).__name__})"
            raise UnreadableError(what) from error
        if hashlib.blake2b(content, digest_size=8).hexdigest() != release.digest:
            self.refresh()
            raise UnreadableError(f"release {release.name} is being replaced")
        return dataset

    def watch(self, seconds: float) -> None:
        """Look at the folder every so many seconds, in a thread of its own."""
        self._thread = threading.Thread(target=self._watch, args=(seconds,), name="prikk-store", daemon=True)
        self._thread.start()

    def _watch(self, seconds: float) -> None:
        while not self._stop.wait(seconds):
            try:
                self.refresh()
            except Exception as error:
                _LOG.error(
                    "the folder could not be scanned", extra={"fields": {"reason": type(error).__name__}}
                )

    @property
    def ready(self) -> bool:
        """Whether the folder is there and, if it is watched, still watched."""
        watched = self._thread is None or self._thread.is_alive()
        return watched and self._folder.is_dir()

    @property
    def faults(self) -> frozenset[Fault]:
        """What was skipped at the last look, for the operator."""
        return self._told

    def close(self) -> None:
        """Stop watching."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=5)


def size_of(dataset: Dataset) -> int:
    """About how many bytes a data set takes: its figures, the table that finds them, and what is prepared of its texts."""
    figures = dataset.figures
    texts = sum(len(axis) for axis in dataset.axes) * len(dataset.facts.languages) * _TEXT
    look_up = 4 * figures.size if figures.dense else 0
    return int(figures.values.nbytes + figures.place.nbytes + look_up + texts)
