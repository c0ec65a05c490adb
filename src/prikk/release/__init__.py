"""The gate: from true counts to what may be published. The only maker of a ``PublishedCube``."""

from prikk.release._derived import telling
from prikk.release._disclosure import group_leaks
from prikk.release._gate import Pattern, publish, refuse_unprotected
from prikk.release._internal import internal_cells, proof_files
from prikk.release._leaks import leak_sentence, refuse_leaks
from prikk.release._manifest import RegisterSummary, manifest
from prikk.release._reading import as_reading
from prikk.release._singletons import singleton_leaks
from prikk.release._suppress import Protected, protect, with_periods
from prikk.release._together import half_hidden

__all__ = [
    "Pattern",
    "Protected",
    "RegisterSummary",
    "as_reading",
    "group_leaks",
    "half_hidden",
    "internal_cells",
    "leak_sentence",
    "manifest",
    "proof_files",
    "protect",
    "publish",
    "refuse_leaks",
    "refuse_unprotected",
    "singleton_leaks",
    "telling",
    "with_periods",
]
