"""What runs in an extraction worker: a process that is told one page at a time, and may be killed at any."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Callable
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.records import Page, Rejected

if TYPE_CHECKING:
    from tasks.extract import ExtractJob, ExtractLimits


def serve(connection: Connection, limits: ExtractLimits) -> None:
    """Load everything once, then answer page after page until the parent hangs up."""
    # One page at a time needs no thread pool, and each of its threads would reserve memory of its own.
    os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    extract = _load(limits)
    _limit_memory(limits.memory_mib)
    connection.send(None)
    while True:
        try:
            job, now = connection.recv()
        except EOFError:
            return
        # Should the parent be gone, the kernel ends a hanging worker all the same: SIGALRM kills even inside C code.
        signal.setitimer(signal.ITIMER_REAL, 2 * limits.seconds + 5)
        connection.send(_answer(extract, job, now))
        signal.setitimer(signal.ITIMER_REAL, 0)


def _load(limits: ExtractLimits) -> Callable[[ExtractJob, datetime], Page | Rejected]:
    import logging

    from tasks.domain.articles.body import PageRules, extract_page
    from tasks.domain.articles.decode import decode
    from tasks.domain.articles.language import identify_language
    from tasks.domain.feeds.zones import zone_of

    # What the libraries say of single pages is in our rejections already.
    logging.disable(logging.CRITICAL)
    rules = PageRules(max_characters=limits.max_bytes, languages=limits.languages)
    identify_language("a few words, to load the model before memory is limited")

    def extract(job: ExtractJob, now: datetime) -> Page | Rejected:
        html = decode(job.body, job.content_type).text
        clock = zone_of(job.country)
        return extract_page(html, url=job.url, entry=job.entry, now=now, rules=rules, clock=clock)

    return extract


def _answer(
    extract: Callable[[ExtractJob, datetime], Page | Rejected], job: ExtractJob, now: datetime
) -> Page | Rejected | str:
    try:
        return extract(job, now)
    except MemoryError:
        return "memory"
    except Exception as error:  # whatever a hostile page provokes in a library must cost that page only
        return Rejected("extract", job.url, "extractor_error", f"{type(error).__name__}: {error}"[:300])


def _limit_memory(mib: int) -> None:
    """Limit private memory to what is in use now and `mib` more.

    RLIMIT_DATA counts heap and private mappings; RLIMIT_AS would count the libraries' untouched address space too.
    """
    status = Path("/proc/self/status")
    if not status.exists():  # only Linux tells, and only there does the limit count mappings
        return
    lines = status.read_text(encoding="ascii").splitlines()
    used = next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmData:"))
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    limit = used + mib * (1 << 20)
    resource.setrlimit(resource.RLIMIT_DATA, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
