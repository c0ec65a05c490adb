"""prikk: from a register of people to a published statistic that keeps its promise.

The rooms, in the order in which data flows through them, are drawn in the README; the
words are in ``docs/glossary.md``. For use from Python: :func:`prikk.audit`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from prikk.audits import audit

    __version__: str

__all__ = ["__version__", "audit"]


def __getattr__(name: str) -> Any:
    """Load what is offered here when it is asked for: most commands need only a part."""
    if name == "audit":
        return import_module("prikk.audits").audit
    if name == "__version__":
        return import_module("importlib.metadata").version("prikk")
    raise AttributeError(f"module 'prikk' has no attribute {name!r}")
