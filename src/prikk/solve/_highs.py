"""The adapter to HiGHS: pass a programme, run, read what it found. The only module that imports it.

Huangfu and Hall, *Parallelizing the dual revised simplex method*, Mathematical Programming Computation
10 (2018), doi:10.1007/s12532-017-0130-5.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

import highspy
import numpy as np
import scipy.sparse as sp

from prikk.errors import Finding, SolveError
from prikk.solve._programme import Floats, Limits, Programme

_SEED = 20_220_131
_NO_LIMIT = 2**31 - 1
_FEASIBLE = 2  # HiGHS' kSolutionStatusFeasible, an int in ``HighsInfo.primal_solution_status``


class Ending(Enum):
    """What a status of HiGHS means to us."""

    SOLVED = auto()
    INFEASIBLE = auto()
    UNBOUNDED = auto()
    """Unbounded, or infeasible: presolve does not always tell which."""
    STOPPED = auto()
    FAILED = auto()


# By name: the stubs of highspy do not know every status. A test holds that none is missing.
ENDINGS = {
    "kOptimal": Ending.SOLVED,
    "kModelEmpty": Ending.SOLVED,
    "kInfeasible": Ending.INFEASIBLE,
    "kUnbounded": Ending.UNBOUNDED,
    "kUnboundedOrInfeasible": Ending.UNBOUNDED,
    "kTimeLimit": Ending.STOPPED,
    "kIterationLimit": Ending.STOPPED,
    "kSolutionLimit": Ending.STOPPED,
    "kMemoryLimit": Ending.STOPPED,
    "kInterrupt": Ending.STOPPED,
    "kHighsInterrupt": Ending.STOPPED,
    "kObjectiveBound": Ending.STOPPED,
    "kObjectiveTarget": Ending.STOPPED,
    "kNotset": Ending.FAILED,
    "kLoadError": Ending.FAILED,
    "kModelError": Ending.FAILED,
    "kPresolveError": Ending.FAILED,
    "kSolveError": Ending.FAILED,
    "kPostsolveError": Ending.FAILED,
    "kUnknown": Ending.FAILED,
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Run:
    """The end of a run: values when there are any (as HiGHS has them, not rounded), its bound and its steps."""

    ending: Ending
    values: Floats | None
    bound: float
    iterations: int
    duals: Floats | None = None


def load(programme: Programme, limits: Limits) -> highspy.Highs:
    """Make a silent, single-threaded HiGHS with the programme in it. Raises :class:`SolveError`."""
    solver = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy left its constructor bare
    solver.setOptionValue("output_flag", False)
    for name, value in _options(programme, limits).items():
        if solver.setOptionValue(name, value) == highspy.HighsStatus.kError:
            raise _fault(f"HiGHS does not take {name} = {value!r}")
    rows, columns = programme.matrix.shape
    matrix = sp.csc_array(programme.matrix)
    status = solver.passModel(
        columns,
        rows,
        matrix.nnz,
        int(highspy.MatrixFormat.kColwise),
        int(highspy.ObjSense.kMinimize),
        0.0,
        programme.cost,
        programme.low,
        programme.high,
        programme.row_low,
        programme.row_high,
        matrix.indptr.astype(np.int32),
        matrix.indices.astype(np.int32),
        matrix.data.astype(np.float64),
        programme.integer.astype(np.int32),
    )
    if status == highspy.HighsStatus.kError:
        raise _fault("HiGHS does not take the programme")
    return solver


def _options(programme: Programme, limits: Limits) -> dict[str, str | int | float]:
    # One thread and a fixed seed: the same programme gives the same answer on every machine.
    options: dict[str, str | int | float] = {
        "threads": 1,
        "parallel": "off",
        "random_seed": _SEED,
        "mip_rel_gap": limits.gap,
        "presolve": "choose" if limits.presolve else "off",
        "mip_allow_restart": limits.restarts,
        "mip_max_nodes": _NO_LIMIT if limits.nodes is None else limits.nodes,
    }
    if not programme.integer.any():
        options["solver"] = "simplex"
        options["simplex_iteration_limit"] = _NO_LIMIT if limits.iterations is None else limits.iterations
    if limits.seconds is not None:
        options["time_limit"] = limits.seconds
    return options


def run(solver: highspy.Highs) -> Run:
    """Solve what is loaded. Raises :class:`SolveError` when HiGHS gives up for a reason of its own."""
    solver.run()
    status = solver.getModelStatus()
    ending = ENDINGS[status.name]
    if ending is Ending.FAILED:
        raise _fault(f"HiGHS ended with the status '{solver.modelStatusToString(status)}'")
    info = solver.getInfo()
    found = ending is Ending.SOLVED or (
        ending is Ending.STOPPED and int(info.primal_solution_status) == _FEASIBLE
    )
    integer = info.mip_node_count >= 0
    bound = -np.inf
    if integer:
        bound = info.mip_dual_bound
    elif ending is Ending.SOLVED:
        bound = info.objective_function_value
    solution = solver.getSolution()
    values = np.asarray(solution.col_value, dtype=np.float64) if found else None
    duals = np.asarray(solution.row_dual, dtype=np.float64) if solution.dual_valid and not integer else None
    steps = max(0, int(info.simplex_iteration_count))  # -1 where presolve did it all
    return Run(ending=ending, values=values, bound=float(bound), iterations=steps, duals=duals)


def _fault(what: str) -> SolveError:
    fix = (
        "This is a fault in prikk or in HiGHS, not in your files; report it with the command that showed it."
    )
    return SolveError(Finding(where="solver", code="solve-failed", what=f"{what}.", fix=fix))
