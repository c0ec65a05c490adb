"""The rules: which cells need protection."""

from prikk.sensitivity._threshold import below_threshold

__all__ = ["below_threshold"]
