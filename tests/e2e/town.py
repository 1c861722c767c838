"""A newsroom, and `marsad up` watching it: real processes on free ports, in a folder of their own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from examples.newsroom.server import Newsroom
from tasks.processes import descendants, is_alive
from warehouse.errors import NoSnapshot
from warehouse.read import open_snapshot

ROOT = Path(__file__).parents[2]
# Generous: continuous integration may be slow, and what is waited for either comes or never does.
PATIENCE_S = 600.0
# At a 5 s poll, as a desk would have it that watches by the minute.
PACE = {
    "SCHEDULE__EVERY_MINUTES": 3,
    "SCHEDULE__RECHECK_SECONDS": 5,
    "SCHEDULE__MIN_INTERVAL_MINUTES": 0.05,
    "SCHEDULE__MAX_INTERVAL_MINUTES": 0.05,
    "SCHEDULE__START_INTERVAL_MINUTES": 0.05,
    "SCHEDULE__JITTER": 0,
    "PREFECT__POLL_SECONDS": 1,
    "FETCH__HOST_DELAY_SECONDS": 0.01,
    "EXTRACT__PROCESSES": 1,
}
CONFIG = """
[[feeds]]
url = "http://diffa.newsroom.test/diffa/rss.xml"
outlet = "صحيفة ضفة النيل"
country = "EGY"
"""
NEWS = (
    "أعلنت وزارة الدفاع الروسية أن موسكو سلمت الجزائر 12 مقاتلة من طراز سوخوي-35 خلال الشهر الماضي.",
    "وقال قائد القوات الجوية الجزائرية إن الطيارين بدأوا التدريب على الطائرات الجديدة في قاعدة عين البيضاء.",
    "ولم تكشف الوزارة عن قيمة الصفقة التي وقعها البلدان قبل ثلاث سنوات، واكتفت بالقول إنها نفذت في موعدها.",
)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_for(what: str, condition: Callable[[], Any], seconds: float = PATIENCE_S) -> Any:
    """What `condition` gives once it is true; fails with `what` where it never is."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.1)
    raise AssertionError(f"not within {seconds:g} s: {what}")


class Town:
    """Start with `up`, end with `end`; `marsad` runs any command beside it."""

    def __init__(self, room: Newsroom, home: Path, **settings: Any) -> None:
        self.room = room
        self.home = home
        self.port = free_port()
        self.snapshot = home / "marsad.duckdb"
        self.config = home / "pipeline.toml"
        self.config.write_text(CONFIG, encoding="utf-8")
        self.process: subprocess.Popen[str] | None = None
        paths = {"WAREHOUSE": "primary.duckdb", "SNAPSHOT": "marsad.duckdb", "ARCHIVE": "archive"}
        given = {
            **PACE,
            **{f"PATHS__{name}": str(home / place) for name, place in paths.items()},
            "PATHS__PREFECT_HOME": str(home / "prefect"),
            "PREFECT__PORT": self.port,
            "FETCH__CONNECT_TO": json.dumps({"*.newsroom.test": f"127.0.0.1:{room.port}"}),
            **settings,
        }
        # What the tests themselves set for Prefect must not reach it.
        outside = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
        self.env = {**outside, **{f"MARSAD_{name}": str(value) for name, value in given.items()}}

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "flows.cli", *words, "--config", str(self.config)]

    def marsad(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(self.command(*words), cwd=ROOT, env=self.env, capture_output=True, text=True, check=False)

    def up(self) -> subprocess.Popen[str]:
        """Start, and wait until it says that everything is there."""
        self.process = subprocess.Popen(
            self.command("up"), cwd=ROOT, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        assert self.process.stdout is not None
        said = []
        for line in self.process.stdout:
            said.append(line)
            if line.startswith("Ctrl-C"):
                return self.process
        raise AssertionError("".join(said))

    def end(self) -> None:
        """Whatever became of it, leave nothing behind."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(PATIENCE_S)
        if self.process.stdout:
            self.process.stdout.close()

    def service(self, name: str) -> int | None:
        """The process of a service that runs."""
        told = json.loads(self.marsad("status", "--json").stdout or "{}")
        running = (one["pid"] for one in told.get("services", ()) if one["name"] == name and one["state"] == "running")
        return next(running, None)

    def family(self) -> set[int]:
        assert self.process is not None
        return {self.process.pid, *descendants(self.process.pid)}

    def publish(self, title: str) -> float:
        """A new article in the newsroom; returns the time."""
        self.room.publish("diffa", title, NEWS)
        return time.monotonic()

    def claims(self, title: str) -> list[tuple[Any, ...]]:
        """What the published snapshot says of an article."""
        try:
            with open_snapshot(self.snapshot) as snapshot:
                rows = snapshot.execute("select supplier, recipient from out_claims where title = ?", [title])
                return rows.fetchall()
        except NoSnapshot:
            return []

    def seconds_until_claimed(self, title: str, since: float) -> float:
        rows = wait_for(f"a claim of {title}", lambda: self.claims(title))
        assert ("RUS", "DZA") in rows
        return time.monotonic() - since

    def api(self, path: str, body: object | None = None, method: str | None = None) -> Any:
        """Prefect's own word; None where it does not answer."""
        data = None if body is None else json.dumps(body).encode()
        address = f"http://127.0.0.1:{self.port}/api{path}"
        request = Request(address, data=data, headers={"Content-Type": "application/json"}, method=method)
        try:
            with urlopen(request, timeout=10) as reply:
                return json.loads(reply.read() or "null")
        except (URLError, TimeoutError, ConnectionError):
            return None

    def runs(self, flow: str) -> list[dict[str, Any]]:
        query = {"flows": {"name": {"any_": [flow]}}, "sort": "START_TIME_DESC"}
        found: list[dict[str, Any]] = self.api("/flow_runs/filter", query) or []
        return found


def all_gone(pids: set[int]) -> bool:
    return not any(is_alive(pid) for pid in pids)
