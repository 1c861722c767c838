"""A small S3: objects in memory, what DuckDB asks of a bucket and no more; keys and signatures are not checked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape


class Bucket(ThreadingHTTPServer):
    """`objects` by path, `/bucket/key`."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.objects: dict[str, bytes] = {}
        self.parts: dict[str, dict[int, bytes]] = {}

    @property
    def endpoint(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Bucket

    def log_message(self, format: str, *args: object) -> None: ...

    def do_HEAD(self) -> None:
        self._send_object(with_body=False)

    def do_GET(self) -> None:
        if "list-type" in self._query:
            self._list()
        else:
            self._send_object(with_body=True)

    def do_PUT(self) -> None:
        body = self._body()
        if number := self._query.get("partNumber"):
            self.server.parts[self._query["uploadId"]][int(number)] = body
        else:
            self.server.objects[self._path] = body
        self._send(200, headers={"ETag": '"1"'})

    def do_POST(self) -> None:
        self._body()
        if "uploads" in self._query:
            upload = str(len(self.server.parts))
            self.server.parts[upload] = {}
            self._send(200, f"<R><UploadId>{upload}</UploadId></R>".encode())
            return
        parts = self.server.parts[self._query["uploadId"]]
        self.server.objects[self._path] = b"".join(parts[number] for number in sorted(parts))
        self._send(200, b"<CompleteMultipartUploadResult/>")

    def do_DELETE(self) -> None:
        self.server.objects.pop(self._path, None)
        self._send(204)

    @property
    def _path(self) -> str:
        return unquote(urlsplit(self.path).path)

    @property
    def _query(self) -> dict[str, str]:
        pairs = parse_qs(urlsplit(self.path).query, keep_blank_values=True)
        return {name: values[0] for name, values in pairs.items()}

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def _send(self, status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _send_object(self, *, with_body: bool) -> None:
        content = self.server.objects.get(self._path)
        if content is None:
            self._send(404)
            return
        dated = {"Last-Modified": "Sun, 01 Mar 2026 12:00:00 GMT", "ETag": '"1"', "Accept-Ranges": "bytes"}
        if not with_body:
            self._send(200, headers={**dated, "Content-Length": str(len(content))})
        elif asked := self.headers.get("Range"):
            first, _, last = asked.removeprefix("bytes=").partition("-")
            piece = content[int(first) : int(last or len(content)) + 1]
            place = f"bytes {first}-{int(first) + len(piece) - 1}/{len(content)}"
            self._send(206, piece, {**dated, "Content-Range": place})
        else:
            self._send(200, content, dated)

    def _list(self) -> None:
        prefix = f"{self._path.rstrip('/')}/{self._query.get('prefix', '')}"
        keys = [path.split("/", 2)[2] for path in self.server.objects if path.startswith(prefix)]
        found = "".join(
            f"<Contents><Key>{escape(key)}</Key><LastModified>2026-03-01T12:00:00.000Z</LastModified>"
            f"<Size>1</Size></Contents>"
            for key in keys
        )
        self._send(200, f"<ListBucketResult>{found}</ListBucketResult>".encode())


@contextmanager
def serve_bucket() -> Iterator[Bucket]:
    with Bucket() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
