"""An authority of our own, and what servers and clients need to use it."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from pathlib import Path

import trustme


@dataclass(frozen=True)
class Authority:
    """`file` holds its certificate, for `[fetch] ca_file`; `server` is for sockets of the names it was made for."""

    file: Path
    server: ssl.SSLContext


def authority(folder: Path, *names: str) -> Authority:
    made = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.issue_cert(*names).configure_cert(context)
    made.cert_pem.write_to_path(str(folder / "ca.pem"))
    return Authority(folder / "ca.pem", context)
