"""Finding tables by words: in titles, ids, keywords and variables, and in the labels of codes."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import orjson

from prikk.serve.browse._languages import told
from prikk.serve.store import Release

_LONGEST, _MOST_WORDS, _MOST_LABELS, _SHOWN = 200, 10, 20_000, 4
_LARGEST = 50_000_000
LabelsOf = Mapping[str, tuple[str, ...]]
"""The labels of all codes of a table, by language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A table that fits: its newest release, and the labels in which words were found that stand nowhere else."""

    release: Release
    labels: tuple[str, ...]


class Labels:
    """The labels of codes, read from the public files when somebody searches, and kept while a release is the newest."""

    def __init__(self) -> None:
        """Nothing has been read yet."""
        self._read: dict[str, LabelsOf] = {}
        self._reading = threading.Lock()

    def of(self, releases: Sequence[Release]) -> Mapping[str, LabelsOf]:
        """The labels of releases, by digest."""
        with self._reading:
            self._read = {r.digest: self._read.get(r.digest) or _labels(r) for r in releases}
            return self._read


def _labels(release: Release) -> LabelsOf:
    """What cannot be read has no labels: it is still found by its title."""
    try:
        path = release.folder / "dataset.json"
        if path.stat().st_size > _LARGEST:
            return {}
        axes = orjson.loads(path.read_bytes())["axes"]
        return {
            language: tuple(
                dict.fromkeys(str(label) for axis in axes for label in axis["labels"].get(language, ()))
            )[:_MOST_LABELS]
            for language in release.facts.languages
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def words_of(query: str) -> list[str]:
    """The words of a query, in small letters; no more than anybody needs."""
    return query[:_LONGEST].casefold().split()[:_MOST_WORDS]


def search(releases: Sequence[Release], query: str, language: str, labels: Labels) -> list[Hit]:
    """The tables that have every word of a query, those with the most words in their titles first."""
    wanted = words_of(query)
    if not wanted:
        return [Hit(release=release, labels=()) for release in releases]
    known = labels.of(releases)
    found = [_hit(r, wanted, language, known.get(r.digest, {})) for r in releases]
    ranked = [(rank, hit) for rank, hit in (pair for pair in found if pair is not None)]
    return [hit for _, hit in sorted(ranked, key=lambda pair: (-pair[0], pair[1].release.id))]


def _hit(release: Release, wanted: Sequence[str], language: str, known: LabelsOf) -> tuple[int, Hit] | None:
    facts = release.facts
    title = told(facts.title, language).casefold()
    texts = [title, facts.id, *_told(facts.keywords, language)]
    texts += [told(text, language) for text in facts.variables.values()]
    plain = "\n".join(texts).casefold()
    rest = [word for word in wanted if word not in plain]
    labels = _told(known, language)
    matched = {word: [x for x in labels if word in x.casefold()][:_SHOWN] for word in rest}
    if not all(matched.values()):
        return None
    shown = tuple(dict.fromkeys(x for found in matched.values() for x in found))[:_SHOWN]
    return sum(word in title for word in wanted), Hit(release=release, labels=shown)


def _told(texts: Mapping[str, Iterable[str]], language: str) -> Iterable[str]:
    """Texts in a language, else in the first that there is."""
    return texts.get(language) or next(iter(texts.values()), ())
