import threading

import pytest

from prikk.serve.store._loaded import Loaded


def test_the_bound_holds_and_the_one_asked_for_last_stays():
    loaded: Loaded[str, bytes] = Loaded(len, 100)
    for key in ("a", "b"):
        loaded.get(key, lambda: bytes(40))
    loaded.get("a", lambda: pytest.fail("it was there"))
    loaded.get("c", lambda: bytes(40))
    assert loaded.bytes == 80
    loaded.get("a", lambda: pytest.fail("it was there"))
    again = loaded.get("b", lambda: bytes(39))
    assert len(again) == 39


def test_what_is_too_large_alone_is_given_and_replaced_by_the_next():
    loaded: Loaded[str, bytes] = Loaded(len, 10)
    assert len(loaded.get("large", lambda: bytes(1000))) == 1000
    loaded.get("small", lambda: bytes(5))
    assert loaded.bytes == 5


def test_a_load_that_fails_fails_for_all_who_wait_and_is_tried_again():
    loaded: Loaded[str, bytes] = Loaded(len, 10)
    begun, go = threading.Event(), threading.Event()
    caught: list[BaseException] = []

    def fail() -> bytes:
        begun.set()
        go.wait(10)
        raise ValueError("no")

    def ask() -> None:
        try:
            loaded.get("a", fail)
        except ValueError as error:
            caught.append(error)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    begun.wait(10)
    go.set()
    for thread in threads:
        thread.join()
    assert len(caught) == 3
    assert loaded.get("a", lambda: b"x") == b"x"


def test_what_is_not_wanted_is_dropped():
    loaded: Loaded[str, bytes] = Loaded(len, 100)
    loaded.get("a", lambda: b"1")
    loaded.get("b", lambda: b"2")
    loaded.forget(lambda key: key == "b")
    assert loaded.bytes == 1
    assert loaded.get("a", lambda: b"new") == b"new"
