"""Where a warehouse is: the path of a native file, or a lake."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

_SERVER = re.compile(r"postgres(ql)?://")
_SECRET = re.compile(r"(://[^:/@]*:)[^@]*@|(password=)[^&\s]*")


@dataclass(frozen=True, slots=True)
class Lake:
    """A DuckLake: what there is is written in `catalog`, the rows are in Parquet files under `data`.

    `catalog` is the path of a SQLite file or the `postgresql://` address of a database; `data` is a folder or an
    `s3://` address. `origin` says where that is configured, for errors.
    """

    catalog: str
    data: str
    origin: str = field(default="", compare=False)

    @property
    def is_shared(self) -> bool:
        """Whether many machines may use it."""
        return is_server(self.catalog)

    @property
    def attached(self) -> str:
        """The catalogue as DuckLake wants it named."""
        return f"postgres:{self.catalog}" if self.is_shared else f"sqlite:{self.catalog}"

    @property
    def folder(self) -> str:
        """`data` as DuckLake wants it named."""
        return f"{self.data.rstrip('/')}/"

    def __str__(self) -> str:
        return without_secrets(self.catalog)


Place = Path | Lake


def is_server(catalog: str) -> bool:
    return _SERVER.match(catalog) is not None


def is_remote(data: str) -> bool:
    return "://" in data


def without_secrets(text: str) -> str:
    """`text` fit for people's eyes: no password of an address in it."""
    return _SECRET.sub(lambda found: f"{found[1]}***@" if found[1] else f"{found[2]}***", text)
