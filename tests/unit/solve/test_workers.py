"""Workers hold a state, answer in order, and are gone when they are not needed."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import time
from pathlib import Path

import numpy as np
import pytest

from prikk.errors import ProtectError, SolveError
from prikk.solve import Crew

AT_WORK = """
import sys
from prikk.errors import Finding, ProtectError

def gathering(start):
    held = list(start)
    def answer(message):
        if message:
            held.append(message)
        return list(held)
    return answer

def shifting(start):
    def answer(shift):
        start["big"] += shift
        return int(start["big"][10])
    return answer

def failing(_start):
    def answer(_question):
        raise ProtectError(Finding(where="here", code="planted", what="it fails.", fix="Do not."))
    return answer

def dying(_start):
    return lambda _question: sys.exit(9)
"""


@pytest.fixture
def at_work(tmp_path, monkeypatch):
    """A module that workers find as this process finds it."""
    (tmp_path / "at_work.py").write_text(AT_WORK)
    monkeypatch.syspath_prepend(tmp_path)
    return "at_work"


@pytest.mark.parametrize("many", [0, 1, 3])
def test_answers_come_in_the_order_of_the_questions(many):
    with Crew("operator:itemgetter", 1, many) as crew:
        assert crew.ask([(n, n * n) for n in range(40)], lambda pair: pair[1]) == [n * n for n in range(40)]
        assert crew.ask([], len) == []
        assert len(crew) == many


def slowly(answer):
    """Answer here so slowly that the workers have to."""

    def own(_question):
        time.sleep(0.5)
        return answer

    return own


def test_every_worker_is_told_and_keeps_its_state(at_work):
    with Crew(f"{at_work}:gathering", [1], 2) as crew:
        crew.tell(2)
        crew.tell(3)
        answers = crew.ask([0] * 12, slowly("here"))
    assert [a for a in answers if a != "here"] == [[1, 2, 3]] * (12 - answers.count("here"))
    assert answers.count("here") < 12


def test_large_arrays_reach_the_workers_and_can_be_changed_there(at_work):
    big = np.arange(1_000_000)
    with Crew(f"{at_work}:shifting", {"big": big, "text": "x"}, 2) as crew:
        crew.tell(7)
        answers = crew.ask([0] * 12, slowly("here"))
    assert set(answers) == {"here", 17}
    assert big[10] == 10


def test_a_fault_in_a_worker_comes_back_whole(at_work):
    with Crew(f"{at_work}:failing", None, 1) as crew, pytest.raises(ProtectError) as caught:
        crew.ask([1, 2, 3, 4], slowly("here"))
    assert [f.code for f in caught.value.findings] == ["planted"]


def test_a_worker_that_dies_is_told_of_and_not_waited_for(at_work):
    with Crew(f"{at_work}:dying", None, 1) as crew, pytest.raises(SolveError) as caught:
        crew.ask([1, 2, 3, 4], slowly("here"))
    assert caught.value.findings[0].code == "worker-lost"


def test_workers_find_nothing_in_the_folder_where_the_user_is(tmp_path):
    (tmp_path / "numpy.py").write_text("raise SystemExit('the wrong numpy')")
    body = "from prikk.solve import Crew\nwith Crew('operator:itemgetter', 0, 1) as c: print(c.ask([(5,)] * 9, max))"
    command = [sys.executable, "-P", "-c", body]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.split() == str([5] * 9).split(), done.stderr


def test_workers_end_with_the_process_that_asked_even_if_it_is_killed(tmp_path):
    marker = tmp_path / "pid"
    body = f"""
        import os, signal
        from prikk.solve import Crew
        crew = Crew("os:getenv", "HOME", 1)
        open({str(marker)!r}, "w").write(str(crew._workers[0].pid))
        os.kill(os.getpid(), signal.SIGKILL)
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(body)], check=False, timeout=60)
    pid = int(marker.read_text())
    for _ in range(100):
        if not _alive(pid):
            return
        time.sleep(0.1)
    pytest.fail("the worker outlived the process that asked")


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False
