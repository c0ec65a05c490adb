"""Protection: which cells to hide beside the sensitive ones, so that nothing hidden can be worked out.

A task goes in; a pattern comes out with its proof, a witness for every end of what a reader must be left
with (``docs/design/suppression.md``).
"""

from prikk.protect._costs import COSTS
from prikk.protect._model import Range, Reason, Shortfall, Suppression, Task
from prikk.protect._result import in_full
from prikk.protect._suppress import PROGRAMMES, suppress

__all__ = [
    "COSTS",
    "PROGRAMMES",
    "Range",
    "Reason",
    "Shortfall",
    "Suppression",
    "Task",
    "in_full",
    "suppress",
]
