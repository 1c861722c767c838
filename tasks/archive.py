"""Every fetched page, byte for byte, in WARC files: what was extracted can be extracted again."""

from __future__ import annotations

import io
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Self
from uuid import uuid4

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from warehouse.records import Response

_SUFFIX = ".warc.gz"
_CHUNK = 1 << 20
_TAIL = 8 << 20
_MAGIC = b"\x1f\x8b\x08"
_FINAL_URL = "WARC-Final-URI"


@dataclass(frozen=True, slots=True)
class ArchiveOptions:
    """A new file is begun when the current one has reached `max_bytes`, and on each new UTC day."""

    directory: Path
    max_bytes: int = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ArchiveRef:
    """Where a record begins: the file's name within the archive's directory, and the offset of its gzip member."""

    file: str
    offset: int


class ArchiveError(Exception):
    """A record that cannot be read back: says which file, which offset and why."""


class Archive:
    """Appends records to the newest file of one directory, one writer to a file.

    Each record is one gzip member and is flushed when `append` returns. A record torn by a crash is cut off before
    the next is written; readers never see it.
    """

    def __init__(self, options: ArchiveOptions) -> None:
        self._options = options
        self._file: IO[bytes] | None = None
        self._name = ""

    def __enter__(self) -> Self:
        self._options.directory.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the current file; the archive may be appended to again."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def append(self, response: Response) -> ArchiveRef:
        """Write one response and give its place; on return it has left this process for the operating system."""
        file = self._current(response.fetched_at)
        offset = file.seek(0, os.SEEK_END)
        file.write(_record(response))
        file.flush()
        return ArchiveRef(self._name, offset)

    def read_back(self, ref: ArchiveRef) -> Response:
        """Read one record again; raises ArchiveError where there is no whole one."""
        return read_back(self._options.directory, ref)

    def _current(self, at: datetime) -> IO[bytes]:
        day = f"{at:%Y%m%d}"
        if self._file is not None and (not self._name.startswith(day) or self._is_full(self._file)):
            self.close()
        if self._file is None:
            self._file = self._open(at)
        return self._file

    def _is_full(self, file: IO[bytes]) -> bool:
        return file.tell() >= self._options.max_bytes

    def _open(self, at: datetime) -> IO[bytes]:
        """Take up the day's last file where another writer is not at it; else begin one with a name of its own."""
        for path in sorted(self._options.directory.glob(f"{at:%Y%m%d}-*{_SUFFIX}"), reverse=True):
            file = _locked(path)
            if file is None:
                continue
            end = _sound_length(file)
            file.truncate(end)
            file.seek(end)
            if end < self._options.max_bytes:
                self._name = path.name
                return file
            file.close()
        self._name = f"{at:%Y%m%d-%H%M%S}-{uuid4().hex[:8]}{_SUFFIX}"
        file = _locked(self._options.directory / self._name)
        if file is None:
            raise ArchiveError(
                f"{self._name}: cannot lock a file that was just made; is the directory on a network disk?"
            )
        return file


def read_back(directory: Path, ref: ArchiveRef) -> Response:
    """Read the record at `ref`; raises ArchiveError where there is no whole one."""
    path = directory / ref.file
    try:
        with path.open("rb") as file:
            file.seek(ref.offset)
            member = _member(file)
    except OSError as error:
        raise ArchiveError(
            f"{path}: {error.strerror}; is paths.archive the directory the pages were fetched to?"
        ) from error
    if member is None:
        raise ArchiveError(f"{path}: no whole record at offset {ref.offset}")
    return _response(member)


def iter_archive(directory: Path) -> Iterator[tuple[ArchiveRef, Response]]:
    """Read all records of all files, oldest file first; a torn end is left out."""
    for path in sorted(directory.glob(f"*{_SUFFIX}")):
        with path.open("rb") as file:
            offset = 0
            while (member := _member(file)) is not None:
                yield ArchiveRef(path.name, offset), _response(member)
                offset += len(member)
                file.seek(offset)


def _locked(path: Path) -> IO[bytes] | None:
    """Open for appending as the only writer: the lock goes with the process, however it ends."""
    import fcntl

    file = path.open("r+b") if path.exists() else path.open("x+b")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file


def _sound_length(file: IO[bytes]) -> int:
    """Find the end of the last whole gzip member; only a torn file is read from its start."""
    size = file.seek(0, os.SEEK_END)
    if size == 0 or _ends_whole(file, size):
        return size
    file.seek(0)
    end = 0
    while (member := _member(file)) is not None:
        end += len(member)
        file.seek(end)
    return end


def _ends_whole(file: IO[bytes], size: int) -> bool:
    """Look back for a member that is whole and ends where the file does: its checksum rules out chance."""
    start = max(0, size - _TAIL)
    file.seek(start)
    tail = file.read()
    at = len(tail)
    while (at := tail.rfind(_MAGIC, 0, at)) >= 0:
        member = _member(io.BytesIO(tail[at:]))
        if member is not None:
            return len(member) == len(tail) - at
    return False


def _member(file: IO[bytes]) -> bytes | None:
    """Read the gzip member that begins here, still compressed; None at the end and where it is torn."""
    decompressor = zlib.decompressobj(zlib.MAX_WBITS | 16)
    parts: list[bytes] = []
    while not decompressor.eof:
        chunk = file.read(_CHUNK)
        if not chunk:
            return None
        parts.append(chunk)
        try:
            decompressor.decompress(chunk)
        except zlib.error:
            return None
    raw = b"".join(parts)
    return raw[: len(raw) - len(decompressor.unused_data)]


def _record(response: Response) -> bytes:
    """Write one `response` record; the body is stored decoded, so the headers that described its coding are renamed.

    Header values outside ASCII come back percent-encoded.
    """
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True)
    headers = [(_plain_name(name), value) for name, value in response.headers.items()]
    record = writer.create_warc_record(
        response.url,
        "response",
        payload=io.BytesIO(response.body),
        length=len(response.body),
        http_headers=StatusAndHeaders(f"{response.status} -", headers, protocol="HTTP/1.1"),
        warc_headers_dict={
            "WARC-Date": response.fetched_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            _FINAL_URL: response.final_url,
        },
    )
    writer.write_record(record)
    return buffer.getvalue()


_RENAMED = {"content-encoding": "x-archive-content-encoding", "transfer-encoding": "x-archive-transfer-encoding"}
_NAMES = {renamed: name for name, renamed in _RENAMED.items()}


def _plain_name(name: str) -> str:
    return _RENAMED.get(name, name)


def _response(member: bytes) -> Response:
    record = next(iter(ArchiveIterator(io.BytesIO(member))))
    headers = {name.lower(): value for name, value in record.http_headers.headers}
    date = record.rec_headers.get_header("WARC-Date")
    url = record.rec_headers.get_header("WARC-Target-URI")
    return Response(
        url=url,
        final_url=record.rec_headers.get_header(_FINAL_URL) or url,
        status=int(record.http_headers.get_statuscode()),
        headers={_NAMES.get(name, name): value for name, value in headers.items()},
        body=record.content_stream().read(),
        fetched_at=datetime.fromisoformat(date),
    )
