from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from tasks.archive import Archive, ArchiveError, ArchiveOptions, ArchiveRef, iter_archive, read_back
from warehouse.records import Response

AT = datetime(2026, 3, 1, 23, 30, 1, 123456, tzinfo=UTC)


def response(number: int = 1, at: datetime = AT, size: int = 2000) -> Response:
    return Response(
        url=f"http://news.test/خبر/{number}",
        final_url=f"http://www.test/{number}",
        status=200,
        headers={
            "content-type": "text/html; charset=windows-1256",
            "content-encoding": "gzip",
            "transfer-encoding": "chunked",
        },
        body=f"<p>خبر {number}</p>\r\n\r\n".encode("cp1256") + os.urandom(size),
        fetched_at=at,
    )


def test_what_is_appended_is_read_back_whole(tmp_path: Path) -> None:
    answers = [response(number) for number in range(5)]
    with Archive(ArchiveOptions(tmp_path / "new")) as archive:
        places = [archive.append(answer) for answer in answers]
        assert [archive.read_back(place) for place in places] == answers
    assert list(iter_archive(tmp_path / "new")) == list(zip(places, answers, strict=True))


def test_other_tools_read_the_files(tmp_path: Path) -> None:
    with Archive(ArchiveOptions(tmp_path)) as archive:
        archive.append(response())
    (path,) = tmp_path.iterdir()
    with path.open("rb") as file:
        (record,) = [
            (record.rec_type, record.content_stream().read()) for record in ArchiveIterator(file, check_digests="raise")
        ]
    assert record[0] == "response" and record[1].startswith("<p>خبر".encode("cp1256"))


def test_files_are_taken_up_again_and_rotated_by_size_and_day(tmp_path: Path) -> None:
    def append(at: datetime) -> str:
        with Archive(ArchiveOptions(tmp_path, max_bytes=6000)) as archive:
            return archive.append(response(at=at)).file

    files = [append(AT) for _ in range(5)]
    assert files[0] == files[1] == files[2] != files[3] == files[4]
    assert append(AT + timedelta(hours=1)).startswith("20260302-")


def test_a_torn_record_is_cut_off_and_the_others_stay(tmp_path: Path) -> None:
    with Archive(ArchiveOptions(tmp_path)) as archive:
        first, second = archive.append(response(1)), archive.append(response(2))
    path = tmp_path / first.file
    os.truncate(path, path.stat().st_size - 10)
    assert [place for place, _ in iter_archive(tmp_path)] == [first]
    with Archive(ArchiveOptions(tmp_path)) as archive:
        third = archive.append(response(3))
        assert third == second and archive.read_back(third).url.endswith("3")
    assert len(list(iter_archive(tmp_path))) == 2


def test_two_writers_never_share_a_file(tmp_path: Path) -> None:
    with Archive(ArchiveOptions(tmp_path)) as one, Archive(ArchiveOptions(tmp_path)) as other:
        assert one.append(response(1)).file != other.append(response(2)).file
    assert len(list(iter_archive(tmp_path))) == 2


def test_a_missing_record_names_the_file_and_the_offset(tmp_path: Path) -> None:
    with Archive(ArchiveOptions(tmp_path)) as archive:
        place = archive.append(response())
    with pytest.raises(ArchiveError, match="no whole record at offset 7"):
        read_back(tmp_path, ArchiveRef(place.file, 7))
    with pytest.raises(ArchiveError, match=r"gone\.warc\.gz"):
        read_back(tmp_path, ArchiveRef("gone.warc.gz", 0))


WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from tasks.archive import Archive, ArchiveOptions
from tests.tasks.test_archive import response

with Archive(ArchiveOptions(Path(sys.argv[1]))) as archive:
    number = 0
    while True:
        place = archive.append(response(number, size=300_000))
        print(place.file, place.offset, flush=True)
        number += 1
"""


def test_a_killed_writer_loses_nothing_it_has_told(tmp_path: Path) -> None:
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    told = [writer.stdout.readline().split() for _ in range(20)]
    os.kill(writer.pid, signal.SIGKILL)
    told += [line.split() for line in writer.stdout.read().splitlines()]
    writer.wait()
    writer.stdout.close()
    places = [ArchiveRef(file, int(offset)) for file, offset in told]
    for number, place in enumerate(places):
        assert read_back(tmp_path, place).final_url == f"http://www.test/{number}"
    with Archive(ArchiveOptions(tmp_path)) as archive:
        archive.append(response())
    assert len(list(iter_archive(tmp_path))) >= len(places) + 1
