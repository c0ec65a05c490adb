import datetime as dt
import json
import os
import shutil
import threading
from pathlib import Path

import pytest

from prikk.serve.store import Release, Store, UnreadableError
from serving import MOMENT, built, put

EIGHT = dt.datetime.fromisoformat(MOMENT).timestamp()
LATER = EIGHT + 10_000_000


class Clock:
    def __init__(self, now: float = LATER) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("built"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "store").mkdir()
    return tmp_path / "store"


def opened(folder: Path, now: float = LATER) -> Store:
    return Store(folder, clock=Clock(now))


def names(store: Store) -> list[str]:
    return [r.name for r in store.catalogue().newest()]


@pytest.mark.parametrize("place", [".", "a", "a/b", "a/b/c"])
def test_a_release_is_found_down_to_three_levels(out: Path, folder: Path, place: str):
    put(folder, out, place)
    assert names(opened(folder)) == ["toy@2024-03-01"]


def test_a_release_four_levels_down_is_not_looked_for(out: Path, folder: Path):
    put(folder, out, "a/b/c/d")
    assert names(opened(folder)) == []


def test_what_a_build_wrote_can_be_served_as_it_is(out: Path):
    release = opened(out).catalogue().find("toy")
    assert release is not None
    assert (release.folder, release.lasting) == (out / "public", False)


def test_versions_of_one_day_are_numbered_in_the_order_of_their_folders(out: Path, folder: Path):
    for place in ("b", "a", "c"):
        put(folder, out, place)
    catalogue = opened(folder).catalogue()
    found = [(r.version, r.folder.parent.name) for r in catalogue.versions("TOY")]
    assert found == [("2024-03-01-3", "c"), ("2024-03-01-2", "b"), ("2024-03-01", "a")]
    assert catalogue.newest()[0].version == "2024-03-01-3"


def test_a_published_release_keeps_the_version_of_its_folder(out: Path, folder: Path):
    put(folder, out, "toy/first")
    put(folder, out, "toy/2024-03-01-10")
    put(folder, out, "toy/2024-03-01-9")
    versions = opened(folder).catalogue().versions("toy")
    assert [r.version for r in versions] == ["2024-03-01-10", "2024-03-01-9", "first"]
    assert all(r.lasting for r in versions)


def test_without_a_moment_the_version_is_the_last_period(out: Path, folder: Path):
    put(folder, out, "x", published=None)
    assert names(opened(folder)) == ["toy@2024-02"]


def test_a_table_is_found_by_id_and_by_version_in_any_case(out: Path, folder: Path):
    put(folder, out, "old", published="2024-02-01T08:00:00+01:00")
    put(folder, out, "new")
    catalogue = opened(folder).catalogue()
    assert [catalogue.find(t) and catalogue.find(t).version for t in ("toy", "TOY", "Toy@2024-02-01", "toy@x", "tox")] == [
        "2024-03-01", "2024-03-01", "2024-02-01", None, None,
    ]  # fmt: skip


def test_an_embargo_ends_at_its_minute_without_a_scan(out: Path, folder: Path):
    put(folder, out, "old", published="2024-02-01T08:00:00+01:00")
    put(folder, out, "new", next="2024-04-01")
    clock = Clock(EIGHT - 1)
    store = Store(folder, clock=clock)
    before = store.catalogue()
    assert before is store.catalogue()
    assert [r.version for r in before.versions("toy")] == ["2024-02-01"]
    assert (before.find("toy@2024-03-01"), before.embargoed) == (None, 1)
    shutil.rmtree(folder)
    clock.now = EIGHT
    assert [r.version for r in store.catalogue().versions("toy")] == ["2024-03-01", "2024-02-01"]
    assert [r.version for r in before.versions("toy")] == ["2024-02-01"]


def test_the_calendar_tells_only_what_shown_releases_tell(out: Path, folder: Path):
    put(folder, out, "shown", next="2024-04-01")
    put(folder, out, "held", id="other", published="2024-06-01T08:00:00+00:00", next="2024-07-01")
    upcoming = opened(folder, EIGHT).catalogue().upcoming
    assert [(n.release.id, n.due) for n in upcoming] == [("toy", dt.date(2024, 4, 1))]
    assert opened(folder, EIGHT + 100 * 86400).catalogue().upcoming[0].release.id == "other"


def test_a_withdrawn_release_stays_the_newest_and_says_why(out: Path, folder: Path):
    place = put(folder, out, "new")
    put(folder, out, "old", published="2024-02-01T08:00:00+01:00")
    reason = {"reason": {"en": "Wrong register"}, "at": "2024-03-02T08:00:00Z"}
    (place / "withdrawn.json").write_text(json.dumps(reason))
    newest = opened(folder).catalogue().find("toy")
    assert newest is not None
    assert newest.withdrawn is not None
    assert newest.withdrawn.reason == {"en": "Wrong register"}
    assert newest.withdrawn.at == dt.datetime(2024, 3, 2, 8, tzinfo=dt.UTC)


@pytest.mark.parametrize("content", ["", "[]", '{"reason": 3}', '{"reason": {}, "at": "soon"}'])
def test_a_damaged_mark_withdraws_all_the_same(out: Path, folder: Path, content: str):
    (put(folder, out, "x") / "withdrawn.json").write_text(content)
    assert opened(folder).catalogue().newest()[0].withdrawn is not None


def cut(name: str):
    return lambda public: (public / name).write_bytes((public / name).read_bytes()[:-30])


DAMAGE = {
    "manifest": cut("manifest.json"),
    "dataset": cut("dataset.json"),
    "no dataset": lambda public: (public / "dataset.json").unlink(),
    "no manifest": lambda public: (public / "manifest.json").unlink(),
    "list": lambda public: (public / "manifest.json").write_text("[]"),
    "binary": lambda public: (public / "manifest.json").write_bytes(b"\xff\xfe\x00"),
    "other id": lambda public: (public / "manifest.json").write_text('{"release": "x", "periods": ["2024"]}'),
    "bad moment": lambda public: (public / "manifest.json").write_text(
        '{"release": "toy", "periods": ["2024"], "published": "soon"}'
    ),
    "deep": lambda public: (public / "manifest.json").write_text("[" * 100_000),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_damaged_release_is_skipped_alone_and_told_without_a_path(
    out: Path, folder: Path, kind: str, caplog: pytest.LogCaptureFixture
):
    put(folder, out, "good")
    DAMAGE[kind](put(folder, out, "bad", id="other") / "public")
    store = opened(folder)
    store.refresh()
    assert names(store) == ["toy@2024-03-01"]
    assert [record.fields["release"] for record in caplog.records] == ["bad"]
    assert str(folder) not in str([record.__dict__.get("fields") for record in caplog.records])


def test_half_written_folders_and_odd_names_are_no_releases(out: Path, folder: Path):
    put(folder, out, ".prikk-staging-abc/new")
    put(folder, out, "a\nb")
    put(folder, out, "internal/x")
    store = opened(folder)
    assert names(store) == []
    assert [fault.place for fault in store.faults] == ["a\nb"]


def test_links_that_lead_out_of_the_folder_are_refused(out: Path, folder: Path, tmp_path: Path):
    put(tmp_path / "elsewhere", out, "x")
    (folder / "link").symlink_to(tmp_path / "elsewhere" / "x")
    (folder / "half").mkdir()
    (folder / "half" / "public").symlink_to(tmp_path / "elsewhere" / "x" / "public")
    place = put(folder, out, "file", id="other")
    (place / "public" / "dataset.json").unlink()
    (place / "public" / "dataset.json").symlink_to(tmp_path / "elsewhere" / "x" / "public" / "dataset.json")
    store = opened(folder)
    assert names(store) == []
    assert {f.place for f in store.faults} == {"link", "half", "file"}


def test_a_link_within_the_folder_is_followed(out: Path, folder: Path):
    put(folder, out, "shelf/x")
    (folder / "now").symlink_to(folder / "shelf" / "x")
    assert len(opened(folder).catalogue().versions("toy")) == 2


def test_what_changes_appears_at_the_next_look_and_the_rest_is_not_read_again(out: Path, folder: Path):
    put(folder, out, "a")
    store = opened(folder)
    first = store.catalogue()
    store.refresh()
    assert store.catalogue() is first
    put(folder, out, "b", id="other")
    store.refresh()
    assert names(store) == ["other@2024-03-01", "toy@2024-03-01"]
    assert store.catalogue().find("toy") is first.find("toy")
    shutil.rmtree(folder / "a")
    store.refresh()
    assert names(store) == ["other@2024-03-01"]


def test_a_release_that_is_exchanged_is_noticed_although_its_times_are_the_same(out: Path, folder: Path):
    place = put(folder, out, "a")
    store = opened(folder)
    digest = store.catalogue().newest()[0].digest
    path = place / "public" / "manifest.json"
    times = path.stat().st_mtime_ns
    new = path.with_name("new")
    new.write_text(path.read_text().replace('"rows"', '"Rows"'))
    os.utime(new, ns=(times, times))
    new.replace(path)
    store.refresh()
    assert store.catalogue().newest()[0].digest != digest


def test_a_data_set_is_loaded_once_for_all_who_wait(out: Path, folder: Path):
    put(folder, out, "a")
    store = opened(folder)
    release = store.catalogue().newest()[0]
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(store.dataset(release))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(dataset) for dataset in found}) == 1
    assert store.dataset(release) is found[0]


def test_damaged_figures_are_told_without_a_path_and_may_be_mended(out: Path, folder: Path):
    cells = put(folder, out, "a") / "public" / "cells.parquet"
    content = cells.read_bytes()
    cells.write_bytes(content[:100])
    store = opened(folder)
    release = store.catalogue().newest()[0]
    with pytest.raises(UnreadableError, match=r"toy@2024-03-01") as caught:
        store.dataset(release)
    assert str(folder) not in str(caught.value)
    cells.write_bytes(content)
    assert store.dataset(release).facts.id == "toy"


def test_figures_of_a_release_that_was_replaced_are_not_those_of_the_old_one(out: Path, folder: Path):
    place = put(folder, out, "a")
    store = opened(folder)
    old: Release = store.catalogue().newest()[0]
    manifest = place / "public" / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"rows"', '"Rows"'))
    with pytest.raises(UnreadableError, match="replaced"):
        store.dataset(old)
    assert store.dataset(store.catalogue().newest()[0]).facts.id == "toy"
