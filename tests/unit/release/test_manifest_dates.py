"""The manifest says from when a release may be shown; a build before that says so too."""

import datetime as dt
import json

import pytest

from prikk.pipeline import build
from prikk.register import EngineSettings
from prikk.steps import Silent
from support import SPEC, edited, project

SETTINGS = EngineSettings(memory_limit=None, threads=None)


class Heard(Silent):
    """Keeps the warnings."""

    def __init__(self):
        self.warnings = []

    def warn(self, text):
        self.warnings.append(text)


def built(folder, *lines):
    spec = edited(SPEC, ("[register]", "\n".join((*lines, 'formats = ["csv"]', "", "[register]"))))
    heard = Heard()
    build(project(folder, spec=spec), folder / "out", settings=SETTINGS, steps=heard)
    return json.loads((folder / "out/public/manifest.json").read_text()), heard.warnings


@pytest.mark.parametrize("days", [-2, 2])
def test_a_release_before_its_moment_is_marked_and_told_of(tmp_path, days):
    moment = (dt.datetime.now(dt.UTC) + dt.timedelta(days=days)).replace(microsecond=0)
    about, warnings = built(tmp_path, f"published = {moment.isoformat()}", 'preliminary = ["2024-02"]')
    assert dt.datetime.fromisoformat(about["published"]) == moment
    assert about["preliminary"] == ["2024-02"]
    assert "next" not in about
    assert any("embargo" in w for w in warnings) == (days > 0)
