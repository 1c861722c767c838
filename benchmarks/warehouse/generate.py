"""Makes a warehouse of any size: `python -m benchmarks.warehouse.generate PATH ARTICLES`."""

from __future__ import annotations

import sys
from pathlib import Path

from warehouse.connect import bodies_path, open_primary
from warehouse.sql import run_sql

HERE = Path(__file__).parent
CHUNK = 500_000


def generate(primary: Path, articles: int) -> None:
    primary.parent.mkdir(parents=True, exist_ok=True)
    draft = primary.with_name(f"draft-{primary.name}")
    script = (HERE / "generate.sql").read_text(encoding="utf-8")
    for first in range(0, articles, CHUNK):
        with open_primary(draft, wait=0, memory_limit="2GB", threads=2) as connection:
            run_sql(connection, script, {"first": first, "last": min(first + CHUNK, articles), "total": articles})
    with open_primary(draft, wait=0, memory_limit="2GB", threads=2) as connection:
        run_sql(connection, (HERE / "entities.sql").read_text(encoding="utf-8"))
    bodies_path(draft).replace(bodies_path(primary))
    draft.replace(primary)


if __name__ == "__main__":
    generate(Path(sys.argv[1]), int(sys.argv[2]))
