from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tasks.extract import ExtractJob, ExtractLimits, ExtractPool, extract_many
from warehouse.records import Entry, Page, Rejected

NOW = datetime(2026, 3, 1, tzinfo=UTC)
# Room enough that an endless page runs out of time, not of memory.
LIMITS = ExtractLimits(workers=2, seconds=3.0, memory_mib=2048, max_bytes=24_000_000)


def article(title: str, paragraphs: int = 6, encoding: str = "utf-8") -> bytes:
    body = "".join(
        f"<p>قالت وزارة الدفاع في البيان رقم {n} إن الوفدين بحثا تدريبات مشتركة تبدأ في الربيع المقبل.</p>"
        for n in range(paragraphs)
    )
    html = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"
    return html.encode(encoding)


def links(count: int) -> bytes:
    rows = "".join(f'<div><a href="/news/{n}">رابط إلى خبر آخر رقم {n} في هذا الموقع</a></div>' for n in range(count))
    return f"<html><body>{rows}</body></html>".encode()


@pytest.fixture(scope="module")
def pool() -> Iterator[ExtractPool]:
    with ExtractPool(LIMITS) as shared:
        yield shared


def children() -> set[int]:
    """Give the processes whose parent is this one, zombies included."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == os.getpid():
            found.add(int(stat.parent.name))
    return found


def test_a_batch_keeps_its_order_and_decodes_in_the_worker(pool: ExtractPool) -> None:
    titles = [f"اتفاق تدريب عسكري جديد رقم {n}" for n in range(7)]
    jobs = [ExtractJob(f"http://news.test/{n}", article(title)) for n, title in enumerate(titles)]
    jobs[3] = ExtractJob("http://news.test/3", article(titles[3], encoding="cp1256"), "text/html; charset=windows-1256")
    results = pool.extract_many(jobs, now=NOW)
    assert [result.title for result in results if isinstance(result, Page)] == titles


def test_the_feed_entry_dates_the_page(pool: ExtractPool) -> None:
    entry = Entry(None, "http://news.test/1", "عنوان", "", datetime(2026, 2, 3, 4, 5, tzinfo=UTC))
    (result,) = pool.extract_many(
        [ExtractJob("http://news.test/1", article("وزير الدفاع يزور العاصمة"), None, entry)], now=NOW
    )
    assert isinstance(result, Page) and result.published == entry.published


def test_a_page_that_never_returns_is_killed_alone(pool: ExtractPool) -> None:
    good = ExtractJob("http://news.test/good", article("وزير الدفاع يزور العاصمة"))
    endless = ExtractJob("http://news.test/links", links(160_000))
    assert len(endless.body) > 13_000_000
    results = pool.extract_many([good, endless, good, good], now=NOW)
    assert [type(result) for result in results] == [Page, Rejected, Page, Page]
    assert isinstance(results[1], Rejected)
    assert (results[1].stage, results[1].subject, results[1].reason) == ("extract", endless.url, "timeout")


def test_a_page_that_eats_memory_is_rejected_alone() -> None:
    heavy = ExtractJob("http://news.test/heavy", b"<html><body>" + b"<p><b>x</b>" * 900_000)
    good = ExtractJob("http://news.test/good", article("وزير الدفاع يزور العاصمة"))
    limits = ExtractLimits(workers=1, seconds=60.0, memory_mib=64, max_bytes=24_000_000)
    refused, kept = extract_many([heavy, good], limits, now=NOW)
    assert isinstance(refused, Rejected) and refused.reason == "memory"
    assert isinstance(kept, Page)


def test_a_worker_that_dies_between_batches_is_replaced(pool: ExtractPool) -> None:
    job = ExtractJob("http://news.test/1", article("وزير الدفاع يزور العاصمة"))
    pool.extract_many([job], now=NOW)
    for pid in pool.process_ids():
        os.kill(pid, signal.SIGTERM)
    results = pool.extract_many([job] * 4, now=NOW)
    assert sum(isinstance(result, Page) for result in results) >= 2
    assert all(isinstance(result, Page) or result.reason == "crashed" for result in results)
    assert all(isinstance(result, Page) for result in pool.extract_many([job] * 4, now=NOW))


@pytest.mark.parametrize(
    ("body", "content_type", "reason"),
    [
        (b"%PDF-1.7 ...", None, "not_html"),
        (b"<html>", "image/png", "not_html"),
        (b"", "text/html", "empty"),
        (b"\x00\xff" * 500, "text/html", "not_html"),
        (b"<html>" + b" " * 24_000_001, "text/html", "too_large"),
    ],
)
def test_what_is_no_page(pool: ExtractPool, body: bytes, content_type: str | None, reason: str) -> None:
    (result,) = pool.extract_many([ExtractJob("http://news.test/x", body, content_type)], now=NOW)
    assert isinstance(result, Rejected) and result.reason == reason


def test_workers_are_replaced_after_their_share_and_none_is_left() -> None:
    before = children()
    limits = ExtractLimits(workers=1, seconds=20.0, pages_per_worker=2)
    with ExtractPool(limits) as pool:
        job = ExtractJob("http://news.test/1", article("وزير الدفاع يزور العاصمة"))
        pool.extract_many([job], now=NOW)
        first = pool.process_ids()
        assert all(isinstance(result, Page) for result in pool.extract_many([job] * 3, now=NOW))
        assert pool.process_ids() != first
    assert not {
        pid for pid in children() - before if "resource_tracker" not in Path(f"/proc/{pid}/cmdline").read_text()
    }


def test_an_empty_batch_starts_nobody() -> None:
    with ExtractPool(LIMITS) as pool:
        assert pool.extract_many([], now=NOW) == [] and pool.process_ids() == ()
