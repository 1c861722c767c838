"""`python -m examples.newsroom [--port N] [--port-file F]`: serve until interrupted."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from pathlib import Path

from examples.newsroom.server import Newsroom


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: stop.set())
    with _start(options.host, options.port, _last_port(options.port_file)) as room:
        if options.port_file:
            _write(options.port_file, f"{room.port}\n")
        print(f"newsroom at {room.base()}/ (Ctrl-C ends it)", file=sys.stderr, flush=True)
        stop.wait()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m examples.newsroom", description="Serve the sample newsroom.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 takes the port of the last time, or a free one")
    parser.add_argument("--port-file", type=Path, help="where the port is written once the server listens")
    return parser


def _last_port(port_file: Path | None) -> int:
    """Addresses name articles, so a newsroom that moves to another port would be a newsroom of new articles."""
    text = port_file.read_text(encoding="utf-8").strip() if port_file and port_file.exists() else ""
    return int(text) if text.isdecimal() else 0


def _start(host: str, port: int, last_port: int) -> Newsroom:
    try:
        return Newsroom.start(host=host, port=port or last_port)
    except OSError as error:
        if port or not last_port:
            raise SystemExit(f"cannot listen on {host}:{port}: {error.strerror}; choose another with --port") from error
        print(f"port {last_port} of {host} is taken ({error.strerror}): taking a free one", file=sys.stderr)
        return Newsroom.start(host=host)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".part")
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)


if __name__ == "__main__":
    sys.exit(main())
