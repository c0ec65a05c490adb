"""prikk: from a register of people to a published statistic that keeps its promise.

The rooms, in the order in which data flows through them, are drawn in the README; the
words are in ``docs/glossary.md``. For use from Python: :func:`prikk.audit` and
:func:`prikk.suppress`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from prikk.audits import audit
    from prikk.protection import suppress

    __version__: str

__all__ = ["__version__", "audit", "suppress"]

_OFFERED = {"audit": "prikk.audits", "suppress": "prikk.protection"}


def __getattr__(name: str) -> Any:
    """Load what is offered here when it is asked for: most commands need only a part."""
    if name in _OFFERED:
        return getattr(import_module(_OFFERED[name]), name)
    if name == "__version__":
        return import_module("importlib.metadata").version("prikk")
    raise AttributeError(f"module 'prikk' has no attribute {name!r}")
