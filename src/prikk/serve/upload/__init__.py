"""The audit page: a file in, the report of ``prikk audit`` out, nothing kept. Off unless it is asked for."""

from prikk.serve.upload._routes import routes

__all__ = ["routes"]
