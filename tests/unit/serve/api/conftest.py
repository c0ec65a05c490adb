"""Two tables and what must be found in them."""

import pytest

from unit.dissemination.cubes import published_cube
from unit.dissemination.exchange.expected import described_cube
from unit.serve.api.kit import client, release


@pytest.fixture(scope="package")
def boats(tmp_path_factory):
    return release(tmp_path_factory.mktemp("boats") / "public", described_cube())


@pytest.fixture(scope="package")
def measures(tmp_path_factory):
    return release(tmp_path_factory.mktemp("measures") / "public", published_cube(), "2022-08-18")


@pytest.fixture
def http(boats, measures, tmp_path):
    return client([boats, measures], saved_queries=tmp_path / "saved.sqlite")
