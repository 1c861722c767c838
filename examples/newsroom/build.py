"""Make manifest.json from content.toml and the development gold: `python -m examples.newsroom.build`.

The server needs the manifest alone, so that the newsroom runs without the tests' data.
"""

from __future__ import annotations

import json
import tomllib
import zlib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from examples.newsroom.content import FOLDER, Outlet, number, read_outlets
from examples.newsroom.server import slug

GOLD = FOLDER.parents[1] / "tests" / "gold"
_SUMMARY_LENGTH = 180


def build(content_file: Path = FOLDER / "content.toml", gold_folder: Path = GOLD) -> str:
    """The text of manifest.json."""
    table = tomllib.loads(content_file.read_text(encoding="utf-8"))
    gold, outlets = _read_gold(gold_folder), read_outlets()
    articles = [_article(row, gold, outlets) for row in table["article"]]
    keys = {row["gold"]: row["key"] for row in reversed(articles) if "gold" in row}
    for row in articles:
        original = gold.get(row.get("gold", ""), {}).get("copy_of")
        if original in keys:
            row.setdefault("copy_of", keys[original])
    manifest = {"articles": articles, "revisions": table["revision"]}
    return json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"


def _read_gold(folder: Path) -> dict[str, dict[str, Any]]:
    lines = [
        line for file in sorted(folder.glob("dev-*.jsonl")) for line in file.read_text(encoding="utf-8").splitlines()
    ]
    return {row["id"]: row for row in map(json.loads, lines)}


def _article(row: dict[str, Any], gold: dict[str, dict[str, Any]], outlets: dict[str, Outlet]) -> dict[str, Any]:
    made = {"key": f"{row['outlet']}-{row.get('gold')}"} | _from_gold(gold.get(row.get("gold", ""))) | row
    made["published"] = _moment(made["published"], made["key"])
    made.setdefault("summary", _summary(made["paragraphs"][0]))
    made.setdefault("path", _path(made, outlets[made["outlet"]]))
    return made


def _from_gold(row: dict[str, Any] | None) -> dict[str, Any]:
    if row is None:
        return {}
    return {"title": row["title"], "paragraphs": row["text"].split("\n"), "published": row["published"]}


def _moment(published: str, key: str) -> str:
    """A time of day for a bare date: always the same, and the same date in every outlet's time zone."""
    if len(published) > len("2024-01-18"):
        return published
    minutes = 5 * 60 + zlib.crc32(key.encode()) % 144 * 5
    return (datetime.fromisoformat(f"{published}T00:00:00+00:00") + timedelta(minutes=minutes)).isoformat()


def _summary(paragraph: str) -> str:
    if len(paragraph) <= _SUMMARY_LENGTH:
        return paragraph
    return paragraph[:_SUMMARY_LENGTH].rsplit(" ", 1)[0] + "..."


def _path(row: dict[str, Any], outlet: Outlet) -> str:
    moment = datetime.fromisoformat(row["published"])
    place = outlet.path.format(date=moment, number=number(row["key"]), slug=slug(row["title"]))
    return f"/{outlet.slug}{place}"


if __name__ == "__main__":
    (FOLDER / "manifest.json").write_text(build(), encoding="utf-8")
