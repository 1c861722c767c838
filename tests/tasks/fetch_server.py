"""A web server on loopback that misbehaves on request."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import brotli  # type: ignore[import-untyped]

PAGE = b"<html><title>t</title><p>page</p></html>"
HTML = {"Content-Type": "text/html"}
BOMB = gzip.compress(bytes(60_000_000), 9)
BROTLI_BOMB = brotli.compress(bytes(60_000_000), quality=5)

Reply = tuple[int, dict[str, str], bytes]
Drip = Callable[[asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Site:
    """What is served by path, and what was asked for: `(host, path, headers)` in order of arrival."""

    pages: dict[str, Reply | Drip] = field(default_factory=dict)
    seen: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    connections: int = 0
    address: str = ""

    def paths(self) -> list[str]:
        return [path for _host, path, _headers in self.seen]

    def hosts(self) -> dict[str, str]:
        """Map every host below .test to this server, as the option of the fetcher wants it."""
        return {"*.test": self.address}


@asynccontextmanager
async def serving(pages: dict[str, Reply | Drip]) -> AsyncIterator[Site]:
    site = Site({"/robots.txt": (404, {}, b""), **pages})
    tasks: set[asyncio.Task[None]] = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        site.connections += 1
        try:
            while await _answer(site, reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    site.address = f"{host}:{port}"
    try:
        yield site
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _answer(site: Site, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    path = head[0].split()[1]
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:]) if name}
    site.seen.append((headers["host"], path, headers))
    reply = site.pages.get(path, (404, {}, b"not here"))
    if callable(reply):
        await reply(writer)
        return False
    status, fields, body = reply
    lines = [f"HTTP/1.1 {status} Reason", f"Content-Length: {len(body)}", *(f"{k}: {v}" for k, v in fields.items())]
    writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
    await writer.drain()
    return True
