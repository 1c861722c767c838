"""A newsroom to try everything on: a real HTTP server with feeds, pages and the faults that real newsrooms have."""

from examples.newsroom.server import Newsroom

__all__ = ["Newsroom"]
