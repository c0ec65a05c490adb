"""Programs that statisticians use read a table from a running server, hidden figures included."""

import socket
import threading
import time

import pytest
import uvicorn

from unit.dissemination.cubes import published_cube
from unit.dissemination.exchange.expected import expected
from unit.serve.api.kit import client
from unit.serve.api.test_data import WANTED

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def address(boats, measures):
    server = uvicorn.Server(uvicorn.Config(client([boats, measures]).app, log_level="error", lifespan="off"))
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/api/v2"
        server.should_exit = True
        thread.join()


def shown(found):
    return {key: None if isinstance(value, str) else value for key, value in found.items()}


def test_pxwebpy(address):
    pxweb = pytest.importorskip("pxweb")
    api = pxweb.PxApi(address, language="en")
    assert [t["id"] for t in api.all_tables()] == ["boats", "tiltak-alder"]
    assert api.search("boats")["page"]["totalElements"] == 1
    assert [c["id"] for c in api.get_table_variables("boats")["boat"]["codelists"]] == [
        "boats__boat__boat_group",
        "boats__boat__boat",
    ]
    rows = api.get_table_data_all("boats", show="code")
    assert {(r["harbour"], r["boat"], r["Period"]): r["value"] for r in rows} == shown(WANTED)
    rows = api.get_table_data(
        "boats",
        {"boat": ["*"], "harbour": "N", "period": "*"},
        {"boat": "boats__boat__boat_group"},
        show="code",
    )
    assert [r["value"] for r in rows] == [1220, 1199, 10, None]
    assert api.get_table_data("boats")


def test_pxstatspy(address):
    pxstatspy = pytest.importorskip("pxstatspy")
    api = pxstatspy.PxAPI(pxstatspy.PxAPIConfig(base_url=address, language="en"))
    assert api.max_data_cells == 50_000
    values = {name: ["*"] for name in ("main_group", "age", "measure", "ContentsCode", "period")}
    found = api.get_table_data(
        "tiltak-alder", value_codes=values, output_format=pxstatspy.OutputFormat.JSON_STAT2
    )
    assert found["value"] == list(shown(expected(published_cube())).values())
    frame = api.get_data_as_dataframe(
        "boats", {"harbour": ["*"], "boat": ["SAIL"], "period": ["TOP(1)"], "ContentsCode": ["*"]}
    )
    assert len(frame) == 3
