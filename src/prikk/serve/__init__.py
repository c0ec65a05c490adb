"""The server over a folder of releases: interfaces for programs, pages for people, feeds. See ``docs/serve.md``.

It reaches ``dissemination`` and nothing else of prikk, opens public folders only, and adds nothing up.
"""

from prikk.serve._app import create_app, run
from prikk.serve._config import KEYS, Config, read_config
from prikk.serve.store import Store

__all__ = ["KEYS", "Config", "Store", "create_app", "read_config", "run"]
