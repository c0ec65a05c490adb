from pathlib import Path

from prikk.serve.operation import shared_table
from prikk.serve.operation._rate import Buckets


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_tokens_come_back_at_the_rate_and_no_more_than_there_is_room_for():
    clock = Clock()
    buckets = Buckets(10, 5.0, clock=clock)
    assert [buckets.take("a") for _ in range(10)] == [0.0] * 10
    assert 0.4 < buckets.take("a") <= 0.5
    clock.now += 0.5
    assert buckets.take("a") == 0.0
    assert buckets.take("a") > 0
    clock.now += 1000
    assert sum(buckets.take("a") == 0.0 for _ in range(20)) == 10


def test_no_calls_means_no_limit():
    buckets = Buckets(0, 1.0)
    assert {buckets.take("a") for _ in range(1000)} == {0.0}


def test_workers_share_a_table_that_holds_no_address(tmp_path: Path):
    table = tmp_path / "calls"
    shared_table(table)
    one, other = (Buckets(4, 1e9, table) for _ in range(2))
    given = [buckets.take("192.0.2.77") == 0.0 for buckets in (one, other) * 4]
    assert given == [True] * 4 + [False] * 4
    assert b"192.0.2.77" not in table.read_bytes()


def test_a_table_of_an_earlier_run_of_the_machine_limits_nobody(tmp_path: Path):
    clock = Clock()
    shared_table(tmp_path / "calls")
    buckets = Buckets(1, 1e9, tmp_path / "calls", clock)
    buckets.take("a")
    clock.now = 1.0
    assert buckets.take("a") == 0.0


def test_many_clients_need_no_more_room():
    buckets = Buckets(1, 1.0)
    size = len(buckets._table)
    for number in range(5000):
        buckets.take(str(number))
    assert len(buckets._table) == size
    assert len(buckets._places) <= 1000
