"""A server of the pages alone over a real folder of small releases, and a reader of what it sends."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import httpx

from prikk.classifications import Classification, Item
from prikk.dissemination import PublishedCube, cells_parquet, dataset, dataset_json
from prikk.serve import Config, Store, create_app
from prikk.serve.operation import Shell
from prikk.spec import TOTAL, ReleaseSpec
from unit.dissemination.cubes import TINY, make_cube, published_cube, tiny_cube

EVIL = "<img src=x onerror=alert(1)>\"'&amp;${7*7}{{7*7}}"
WITHDRAWN = {"reason": {"nb": "Feil i <mars>.", "en": "Wrong <March>."}, "at": "2022-09-01T08:00:00Z"}


def release(root: Path, cube: PublishedCube, version: str, **manifest: Any) -> Path:
    """Write the public folder of a release where ``prikk publish`` would put it; give the folder of the release."""
    found, folder = dataset(cube), root / cube.spec.release.id / version
    (folder / "public").mkdir(parents=True)
    (folder / "public/dataset.json").write_bytes(dataset_json(found))
    (folder / "public/cells.parquet").write_bytes(cells_parquet(cube))
    published = found.facts.published
    content = {
        "release": found.facts.id,
        "periods": list(found.facts.periods),
        "published": published.isoformat() if published else None,
        **manifest,
    }
    (folder / "public/manifest.json").write_text(json.dumps(content), encoding="utf-8")
    (folder / "public/index.html").write_text("<!DOCTYPE html><title>Release</title>", encoding="utf-8")
    return folder


@cache
def hostile_cube() -> PublishedCube:
    """The tiny cube with labels and texts that try to be something else than text."""
    everywhere = {"nb": EVIL, "en": EVIL}
    told = {
        **TINY,
        "release": {
            **TINY["release"],
            "id": "evil",
            "title": everywhere,
            "about": everywhere,
            "source": everywhere,
        },
        "notes": [{"dimension": "boat", "text": everywhere}],
    }
    names = [Item(code=code, parent=TOTAL, labels=everywhere) for code in ("A", "B&b", 'C"c')]
    harbours = Classification(name="harbour", levels=("harbour",), items=tuple(names))
    boats = tiny_cube().classifications["boat"]
    cells = {
        (TOTAL, TOTAL): [9, 8],
        ("A", TOTAL): [5, None],
        ("B&b", TOTAL): [4, None],
        ('C"c', TOTAL): [7, 3],
    }
    return make_cube(ReleaseSpec.model_validate(told), {"harbour": harbours, "boat": boats}, cells)


def store(root: Path) -> Store:
    """Three tables: boats with three releases of which the oldest was withdrawn, measures as published, one that is hostile."""
    release(root, tiny_cube(), "2025-02-20", next="2999-03-20")
    release(root, tiny_cube(), "2025-01-20")
    old = release(root, tiny_cube(), "2024-12-20")
    (old / "withdrawn.json").write_text(json.dumps(WITHDRAWN), encoding="utf-8")
    release(root, published_cube(), "2022-08-18")
    release(root, hostile_cube(), "2025-01-01")
    return Store(root)


def shell(held: Store, root: Path, **settings: Any) -> Shell:
    """The whole server, as it runs, over a store that is not watched."""
    given = {"log": "none", "title": "Testbyrået", "max_calls": 0, **settings}
    return create_app(Config(folder=root, **given), held)


@dataclass
class Client:
    """Asks the application in this process, as a browser does."""

    app: Shell

    def get(self, path: str, accept: str = "text/html", language: str = "nb") -> httpx.Response:
        async def asked() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            headers = {"Accept": accept, "Accept-Language": language}
            async with httpx.AsyncClient(
                transport=transport, base_url="http://test", headers=headers
            ) as http:
                return await http.get(path)

        return asyncio.run(asked())

    def page(self, path: str, status: int = 200) -> Page:
        """A page that must have a status, read."""
        answer = self.get(path)
        assert answer.status_code == status, answer.text[:2000]
        return read(answer.text)


@dataclass
class Page(HTMLParser):
    """What is on a page: elements with their attributes, its text, and its tables as rows of texts."""

    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    _open: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.elements.append((tag, found))
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self.heard.append("")
        if tag not in ("meta", "link", "input", "img", "br"):
            self._open.append((tag, found))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        if any(tag in ("td", "th") for tag, _ in self._open):
            unseen = any(found.get("class") == "unseen" for _, found in self._open)
            if unseen:
                self.heard[-1] += data
            else:
                self.rows[-1][-1] += data.strip()

    @property
    def text(self) -> str:
        """All text, spaces as one."""
        return " ".join("".join(self.texts).split())

    def all(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        """The attributes of elements of a name that have some values."""
        names = {name.rstrip("_").replace("_", "-"): value for name, value in wanted.items()}
        return [a for t, a in self.elements if t == tag and all(a.get(n) == v for n, v in names.items())]

    @property
    def checked(self) -> list[str]:
        """The values that are chosen on a form."""
        return [a["value"] for a in self.all("input", type="checkbox") if "checked" in a]


def read(text: str) -> Page:
    """Read a page."""
    found = Page()
    found.feed(text)
    return found
