"""The rules: which cells need protection, and how much."""

from prikk.sensitivity._combined import combined
from prikk.sensitivity._group import group_disclosure_rule
from prikk.sensitivity._magnitude import (
    contributors_rule,
    dominance_rule,
    p_percent_rule,
    protection_interval,
)
from prikk.sensitivity._requirement import UNKNOWN, Requirement, threshold_rule
from prikk.sensitivity._threshold import Zeros, below_threshold

__all__ = [
    "UNKNOWN",
    "Requirement",
    "Zeros",
    "below_threshold",
    "combined",
    "contributors_rule",
    "dominance_rule",
    "group_disclosure_rule",
    "p_percent_rule",
    "protection_interval",
    "threshold_rule",
]
