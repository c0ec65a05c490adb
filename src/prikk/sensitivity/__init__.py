"""The rules: which cells need protection, and how much."""

from prikk.sensitivity._requirement import UNKNOWN, Requirement, threshold_rule
from prikk.sensitivity._threshold import Zeros, below_threshold

__all__ = ["UNKNOWN", "Requirement", "Zeros", "below_threshold", "threshold_rule"]
