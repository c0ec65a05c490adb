from pathlib import Path
from typing import Any

import pytest

from prikk.errors import PrikkError
from prikk.serve import KEYS, Config, read_config

DOCS = Path(__file__).parents[3] / "docs" / "serve.md"


def test_flags_go_before_environment_before_file_before_defaults(tmp_path: Path):
    file = tmp_path / "serve.toml"
    file.write_text('folder = "."\nport = 1\nworkers = 2\ntitle = "file"\nallowed_hosts = ["a", "b"]\n')
    environ = {"PRIKK_SERVE_PORT": "3", "PRIKK_SERVE_TITLE": "environment", "OTHER": "x"}
    found = read_config({"port": 4, "host": None}, file, environ)
    assert (found.port, found.title, found.workers, found.host) == (4, "environment", 2, "127.0.0.1")
    assert found.allowed_hosts == ("a", "b")


def test_paths_of_a_file_start_in_its_folder(tmp_path: Path):
    (tmp_path / "releases").mkdir()
    file = tmp_path / "serve.toml"
    file.write_text('folder = "releases"\nsaved_queries = "queries.sqlite"\n')
    found = read_config({}, file, {})
    assert (found.folder, found.saved_queries) == (tmp_path / "releases", tmp_path / "queries.sqlite")


def test_all_findings_come_at_once_each_with_its_place_and_remedy(tmp_path: Path):
    file = tmp_path / "serve.toml"
    file.write_text('prot = 1\nport = "x"\nworkers = 0\naudit = "maybe"\nlog = "xml"\n')
    with pytest.raises(PrikkError) as caught:
        read_config(
            {"folder": tmp_path / "nothing", "base_url": "stat.no"}, file, {"PRIKK_SERVE_MAX_URL": "1e9"}
        )
    found = {(f.where, f.code) for f in caught.value.findings}
    assert found == {
        (f"{file}, 'prot'", "setting-unknown"), (f"{file}, 'port'", "setting-value"), (f"{file}, 'workers'", "setting-value"),
        (f"{file}, 'audit'", "setting-value"), (f"{file}, 'log'", "setting-value"), ("PRIKK_SERVE_MAX_URL", "setting-value"),
        (str(tmp_path / "nothing"), "folder-missing"), ("--base-url", "setting-value"),
    }  # fmt: skip
    assert all(f.fix for f in caught.value.findings)


@pytest.mark.parametrize(("content", "code"), [("port = ", "config-syntax"), (None, "config-read")])
def test_a_file_that_cannot_be_read_is_a_finding(tmp_path: Path, content: str | None, code: str):
    file = tmp_path / "serve.toml"
    if content is not None:
        file.write_text(content)
    with pytest.raises(PrikkError) as caught:
        read_config({"folder": tmp_path}, file, {})
    assert [f.code for f in caught.value.findings] == [code]


@pytest.mark.parametrize(("settings", "fine"), [
    ({"audit": True}, True), ({"audit": True, "host": "::1"}, True), ({"audit": True, "host": "localhost"}, True), ({"host": "0.0.0.0"}, True),
    ({"audit": True, "host": "0.0.0.0"}, False), ({"audit": True, "host": "::"}, False), ({"audit": True, "host": "stat.example.org"}, False),
    ({"audit": True, "host": "0.0.0.0", "audit_public": True}, True),
])  # fmt: skip
def test_the_audit_page_is_not_for_strangers_unless_that_is_confirmed(
    tmp_path: Path, settings: dict[str, Any], fine: bool
):
    if fine:
        assert read_config({"folder": tmp_path, **settings}, None, {}).folder == tmp_path
        return
    with pytest.raises(PrikkError, match="audit-public"):
        read_config({"folder": tmp_path, **settings}, None, {})


def test_saved_queries_are_not_kept_among_the_releases(tmp_path: Path):
    with pytest.raises(PrikkError, match="saved-queries-place"):
        read_config({"folder": tmp_path, "saved_queries": tmp_path / "toy" / "q.sqlite"}, None, {})


def test_every_setting_is_documented_with_its_default():
    text = DOCS.read_text(encoding="utf-8")
    assert [key for key in KEYS if f"| `{key}` |" not in text] == []
    defaults = {
        f: getattr(Config(folder=Path()), f)
        for f in KEYS
        if isinstance(getattr(Config(folder=Path()), f), int)
    }
    rows = {
        line.split("|")[1].strip(" `"): line.replace(" ", "") for line in text.splitlines() if "|" in line
    }
    assert [key for key, value in defaults.items() if f"|{str(value).lower()}|" not in rows[key]] == []
