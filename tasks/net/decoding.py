"""Content codings, undone piece by piece so that a bomb stops at the cap and not at the end of memory."""

from __future__ import annotations

import zlib
from typing import Protocol

import brotli  # type: ignore[import-untyped]

ACCEPT_ENCODING = "gzip, deflate, br"
_PIECE = 1 << 18


class TooLarge(Exception):
    """More bytes than the cap allows."""


class BadCoding(Exception):
    """Bytes that are not in the coding the server names."""


class _Coding(Protocol):
    def decode(self, data: bytes, room: int) -> bytes: ...


class BodyReader:
    """Collects one body; `limit` counts decoded bytes."""

    def __init__(self, content_encoding: str, limit: int) -> None:
        names = [name.strip().lower() for name in content_encoding.split(",") if name.strip()]
        self._codings = [_coding(name) for name in reversed(names) if name != "identity"]
        self._limit = limit
        self._size = 0
        self._parts: list[bytes] = []

    def feed(self, data: bytes) -> None:
        """Decode one piece; raises TooLarge or BadCoding."""
        for coding in self._codings:
            data = coding.decode(data, self._limit - self._size + 1)
        self._size += len(data)
        if self._size > self._limit:
            raise TooLarge(f"over {self._limit} bytes after decompression")
        self._parts.append(data)

    def body(self) -> bytes:
        """Give what has come; a coded body that ends early is as long as could be decoded."""
        return b"".join(self._parts)


def _coding(name: str) -> _Coding:
    if name in ("gzip", "x-gzip", "deflate"):
        return _Zlib(is_gzip=name != "deflate")
    if name == "br":
        return _Brotli()
    raise BadCoding(f"content-encoding {name!r} was not asked for")


class _Zlib:
    def __init__(self, *, is_gzip: bool) -> None:
        self._is_gzip = is_gzip
        self._decompressor: zlib._Decompress | None = None
        self._is_plain = False
        self._pending = b""

    def decode(self, data: bytes, room: int) -> bytes:
        data = self._pending + data
        if self._decompressor is None and not self._is_plain:
            if len(data) < 2:
                self._pending = data
                return b""
            self._begin(data)
        self._pending = b""
        return data if self._is_plain else self._inflate(data, room)

    def _begin(self, data: bytes) -> None:
        """Choose by the first bytes: servers name gzip for plain bodies, and deflate for bare streams."""
        if data[:2] == b"\x1f\x8b":
            self._decompressor = zlib.decompressobj(zlib.MAX_WBITS | 16)
        elif self._is_gzip:
            self._is_plain = True
        else:
            has_header = data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0
            self._decompressor = zlib.decompressobj(zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS)

    def _inflate(self, data: bytes, room: int) -> bytes:
        parts, size = [], 0
        while data and size < room and self._decompressor is not None:
            try:
                piece = self._decompressor.decompress(data, min(_PIECE, room - size))
            except zlib.error as error:
                raise BadCoding(str(error)) from error
            parts.append(piece)
            size += len(piece)
            data = self._decompressor.unconsumed_tail
            if self._decompressor.eof:
                data = self._next_member()
        return b"".join(parts)

    def _next_member(self) -> bytes:
        """Go on with the next gzip member of a body made of several; what else follows is padding."""
        rest = self._decompressor.unused_data if self._decompressor else b""
        if not rest.startswith(b"\x1f\x8b"):
            return b""
        self._decompressor = zlib.decompressobj(zlib.MAX_WBITS | 16)
        return rest


class _Brotli:
    def __init__(self) -> None:
        self._decompressor = brotli.Decompressor()

    def decode(self, data: bytes, room: int) -> bytes:
        parts, size = [], 0
        try:
            while size < room:
                piece = self._decompressor.process(data, output_buffer_limit=_PIECE)
                parts.append(piece)
                size += len(piece)
                data = b""
                if self._decompressor.can_accept_more_data() or not piece:
                    break
        except brotli.error as error:
            raise BadCoding(str(error)) from error
        return b"".join(parts)
