"""The folder of releases that is served: what may be shown, and the figures of one release when they are asked for.

Only ``public`` folders and ``withdrawn.json`` beside them are ever opened.
"""

from prikk.serve.store._catalogue import Catalogue, Upcoming
from prikk.serve.store._model import Release, Withdrawal
from prikk.serve.store._paths import public_file
from prikk.serve.store._store import Store, UnreadableError

__all__ = ["Catalogue", "Release", "Store", "UnreadableError", "Upcoming", "Withdrawal", "public_file"]
