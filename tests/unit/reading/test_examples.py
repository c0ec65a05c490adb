"""The examples in the docstrings of the room hold."""

import doctest
import importlib
import pkgutil

import pytest

import prikk.reading

MODULES = [m.name for m in pkgutil.iter_modules(prikk.reading.__path__) if not m.ispkg]


@pytest.mark.parametrize("name", MODULES)
def test_docstring_examples_hold(name):
    module = importlib.import_module(f"prikk.reading.{name}")
    assert doctest.testmod(module).failed == 0


def test_public_names_are_complete_and_sorted():
    names = prikk.reading.__all__
    assert list(names) == sorted(names)
    assert all(hasattr(prikk.reading, name) for name in names)
