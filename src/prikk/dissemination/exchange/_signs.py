"""What stands where no figure is shown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """A text for a hidden figure, for a combination that is in no period (nil), and for one that no table shows (absent)."""

    hidden: str
    nil: str
    absent: str

    @property
    def each(self) -> tuple[str, str, str]:
        """The three in the order of the states: hidden, nil, absent."""
        return (self.hidden, self.nil, self.absent)
