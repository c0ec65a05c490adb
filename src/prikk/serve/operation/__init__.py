"""Running a server: limits, logs, counts, compression, conditional requests, and what is said when something fails."""

from prikk.serve.operation._log import log_config
from prikk.serve.operation._metrics import SHARED, Metrics
from prikk.serve.operation._rate import shared_table
from prikk.serve.operation._routes import routes
from prikk.serve.operation._shell import Shell

__all__ = ["SHARED", "Metrics", "Shell", "log_config", "routes", "shared_table"]
