"""A :class:`PublishedCube` to bytes. No true value of a hidden cell is in this room."""

from prikk.dissemination._cube import PublishedCube

__all__ = ["PublishedCube"]
