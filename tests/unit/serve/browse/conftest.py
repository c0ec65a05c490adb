"""One store and one server for all tests of the pages: nothing that they ask changes anything."""

import pytest

from unit.serve.browse.kit import Client, shell, store


@pytest.fixture(scope="package")
def held(tmp_path_factory):
    return store(tmp_path_factory.mktemp("store"))


@pytest.fixture(scope="package")
def http(held, tmp_path_factory):
    return Client(shell(held, tmp_path_factory.mktemp("empty")))
