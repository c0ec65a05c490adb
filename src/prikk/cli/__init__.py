"""The command line: parse arguments, call the pipeline, print, exit.

Exit codes: 0 done; 1 refused (understood, but it must not be published); 2 the input or the command
cannot be used; 3 the environment lacks something (an extra, a server, space); 130 interrupted.
"""

from prikk.cli import _protect, _serve  # noqa: F401 - commands in modules of their own
from prikk.cli._app import app, main

__all__ = ["app", "main"]
