"""The gate: from true counts to what may be published. The only maker of a ``PublishedCube``."""

from prikk.release._gate import Pattern, publish, refuse_unprotected
from prikk.release._internal import internal_cells
from prikk.release._manifest import RegisterSummary, manifest

__all__ = ["Pattern", "RegisterSummary", "internal_cells", "manifest", "publish", "refuse_unprotected"]
