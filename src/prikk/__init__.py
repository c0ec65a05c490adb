"""prikk: from a register of people to a published statistic that keeps its promise.

The rooms, in the order in which data flows through them, are drawn in the README; the
words are in ``docs/glossary.md``.
"""

from importlib.metadata import version

__all__ = ["__version__"]

__version__ = version("prikk")
