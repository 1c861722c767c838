"""Fetched bytes to articles, in worker processes that can be killed: some pages never let an extractor go.

This is the parent's side; `tasks.extract_worker` is what runs in the workers.
"""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing.connection import wait
from typing import Self

from tasks.extract_worker import serve
from warehouse.records import Entry, Page, Rejected, Response, Work

_CONTEXT = multiprocessing.get_context("spawn")
_MIB = 1 << 20
_START_SECONDS = 120.0
_EARLY_KILLS = 5
_OTHER_MEDIA = ("image/", "audio/", "video/", "font/", "application/pdf", "application/zip", "application/octet-stream")


@dataclass(frozen=True, slots=True)
class ExtractJob:
    """One fetched page; `entry` is the feed's item that led to it, whose date and title help the reading.

    `country` is the outlet's, ISO 3166-1 alpha-3: dates that name no zone are read by its clock.
    """

    url: str
    body: bytes
    content_type: str | None = None
    entry: Entry | None = None
    country: str | None = None

    @classmethod
    def of(cls, answer: Response, work: Work) -> ExtractJob:
        """The job of an answer that came back for the page of `work`."""
        kind = answer.headers.get("content-type")
        return cls(answer.final_url, answer.body, kind, work.entry, work.source.country)


@dataclass(frozen=True, slots=True)
class ExtractLimits:
    """`seconds` of wall clock a page; `memory_mib` a worker may grow over its loaded state; `max_bytes` of HTML.

    A worker is replaced after `pages_per_worker`, so that what libraries leak stays small. `languages` are ISO 639
    codes, None for any.
    """

    workers: int = 2
    seconds: float = 20.0
    memory_mib: int = 512
    max_bytes: int = 8 * _MIB
    pages_per_worker: int = 1000
    languages: tuple[str, ...] | None = None


Result = Page | Rejected


def extract_many(jobs: Sequence[ExtractJob], limits: ExtractLimits, *, now: datetime | None = None) -> list[Result]:
    """Extract a batch with workers of its own; in the order of `jobs`. `now` bounds the dates pages may claim."""
    with ExtractPool(limits) as pool:
        return pool.extract_many(jobs, now=now)


class ExtractPool:
    """Worker processes kept between batches; closing it leaves no process behind."""

    def __init__(self, limits: ExtractLimits) -> None:
        self._limits = limits
        self._workers: list[_Worker] = []
        self._killed_early = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def close(self) -> None:
        """End all workers at once, busy or not."""
        while self._workers:
            self._workers.pop().kill()

    def process_ids(self) -> tuple[int, ...]:
        """Give the ids of the workers now alive."""
        return tuple(worker.process_id for worker in self._workers)

    def extract_many(self, jobs: Sequence[ExtractJob], *, now: datetime | None = None) -> list[Result]:
        """Extract a batch in the order of `jobs`: a page that hangs, exhausts memory or crashes rejects only itself."""
        now = now or datetime.now(UTC)
        batch = _Batch(jobs, now)
        for index, job in enumerate(jobs):
            refused = _refuse_unread(job, self._limits)
            if refused:
                batch.results[index] = refused
            else:
                batch.waiting.append(index)
        try:
            while batch.is_unfinished(self._workers):
                self._staff(batch)
                self._collect(batch)
        except BaseException:
            self.close()  # a worker left with half a conversation would answer the next batch
            raise
        return batch.finished()

    def _staff(self, batch: _Batch) -> None:
        """Keep as many workers as the limit allows and the batch needs, and give every idle one a page."""
        for worker in [one for one in self._workers if one.is_idle]:
            if worker.served >= self._limits.pages_per_worker:
                self._dismiss(worker)
            elif batch.waiting:
                worker.give(batch.waiting.popleft(), batch)
        # Workers load side by side and are given pages when they have: sending one to a loading worker would block.
        loading = sum(not worker.is_ready for worker in self._workers)
        wanted = min(self._limits.workers - len(self._workers), len(batch.waiting) - loading)
        self._workers.extend(_Worker(self._limits) for _ in range(wanted))

    def _collect(self, batch: _Batch) -> None:
        """Wait for the first answer, death or deadline, and deal with all that have come."""
        engaged = [worker for worker in self._workers if not worker.is_idle]
        seconds = min((worker.deadline for worker in engaged), default=0.0) - time.monotonic()
        answered = wait([worker.connection for worker in engaged], timeout=max(0.0, seconds))
        for worker in engaged:
            if worker.connection in answered:
                self._hear(worker, batch)
            elif time.monotonic() >= worker.deadline:
                self._bury(worker, batch, "timeout")

    def _hear(self, worker: _Worker, batch: _Batch) -> None:
        try:
            worker.read(batch)
        except (EOFError, ConnectionError):
            self._bury(worker, batch)

    def _bury(self, worker: _Worker, batch: _Batch, reason: str | None = None) -> None:
        self._dismiss(worker)
        if worker.index is not None:
            batch.settle(worker.index, reason or _cause(worker.exit_code), self._limits, worker.exit_code)
        elif not worker.is_ready and not self._may_replace(worker):
            raise RuntimeError(
                f"an extraction worker did not start (exit code {worker.exit_code}): its own message is above; "
                "run `python -c 'import tasks.domain.articles.body'` to see whether the libraries load"
            )

    def _may_replace(self, worker: _Worker) -> bool:
        """A worker that a signal ended while it loaded is replaced, a few times: its own start did not fail."""
        self._killed_early += 1
        return worker.exit_code is not None and worker.exit_code < 0 and self._killed_early <= _EARLY_KILLS

    def _dismiss(self, worker: _Worker) -> None:
        worker.kill()
        if worker in self._workers:
            self._workers.remove(worker)


@dataclass(slots=True)
class _Batch:
    jobs: Sequence[ExtractJob]
    now: datetime
    waiting: deque[int] = field(default_factory=deque)
    results: dict[int, Result] = field(default_factory=dict)

    def is_unfinished(self, workers: Sequence[_Worker]) -> bool:
        return bool(self.waiting) or any(worker.index is not None for worker in workers)

    def finished(self) -> list[Result]:
        return [self.results[index] for index in range(len(self.jobs))]

    def settle(self, index: int, reason: str, limits: ExtractLimits, exit_code: int | None) -> None:
        job = self.jobs[index]
        details = {
            "timeout": f"no article within {limits.seconds:g} s from {len(job.body)} bytes",
            "memory": f"over {limits.memory_mib} MiB for {len(job.body)} bytes",
        }
        detail = details.get(reason, f"the worker died with exit code {exit_code} on {len(job.body)} bytes")
        self.results[index] = Rejected("extract", job.url, reason, detail)


class _Worker:
    """The parent's end of one worker process; `index` is the job it is busy with."""

    def __init__(self, limits: ExtractLimits) -> None:
        self._limits = limits
        self.connection, theirs = _CONTEXT.Pipe()
        self._process = _CONTEXT.Process(target=serve, args=(theirs, limits), daemon=True, name="marsad-extract")
        self._process.start()
        theirs.close()
        self.process_id = self._process.pid or 0
        self.index: int | None = None
        self.deadline = time.monotonic() + _START_SECONDS
        self.served = 0
        self.is_ready = False
        self.is_alive = True
        self.exit_code: int | None = None

    @property
    def is_idle(self) -> bool:
        return self.is_ready and self.index is None

    def give(self, index: int, batch: _Batch) -> None:
        self.index = index
        self.deadline = time.monotonic() + self._limits.seconds
        try:
            self.connection.send((batch.jobs[index], batch.now))
        except ConnectionError:  # it died between two pages: reading from it will tell
            return

    def read(self, batch: _Batch) -> None:
        answer = self.connection.recv()
        if self.index is None:
            self.is_ready = True
            return
        if isinstance(answer, str):
            batch.settle(self.index, answer, self._limits, None)
        else:
            batch.results[self.index] = answer
        self.index = None
        self.served += 1

    def kill(self) -> None:
        """End the process for certain and reap it."""
        if self.is_alive:
            self._process.kill()
            self._process.join()
            self.exit_code = self._process.exitcode
            self._process.close()
            self.connection.close()
            self.is_alive = False


def _refuse_unread(job: ExtractJob, limits: ExtractLimits) -> Rejected | None:
    kind = (job.content_type or "").lower().strip()
    if kind.startswith(_OTHER_MEDIA):
        return Rejected("extract", job.url, "not_html", kind)
    if len(job.body) > limits.max_bytes:
        return Rejected("extract", job.url, "too_large", f"{len(job.body)} bytes, over the limit of {limits.max_bytes}")
    return None


def _cause(exit_code: int | None) -> str:
    """Name the cause of a worker's own death: the kernel's killer and failed allocations in C both mean memory."""
    if exit_code == -signal.SIGALRM:
        return "timeout"
    return "memory" if exit_code in (-signal.SIGKILL, -signal.SIGABRT, -signal.SIGSEGV) else "crashed"
