"""Pages and feeds from template files: `$name` is a value, `<!-- each rows -->…<!-- end rows -->` repeats."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from string import Template

_EACH = re.compile(r"[ \t]*<!-- each (\w+) -->\n?(.*?)[ \t]*<!-- end \1 -->\n?", re.DOTALL)
_FOLDER = Path(__file__).parent / "templates"

Values = Mapping[str, str]


@cache
def template(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def escape(values: Mapping[str, str]) -> dict[str, str]:
    """Each value thrice: `name` for HTML and XML, `name_raw` for CDATA, `name_json` as a JSON string in a script."""
    escaped = {name: html.escape(value) for name, value in values.items()}
    raw = {f"{name}_raw": value for name, value in values.items()}
    quoted = {f"{name}_json": json.dumps(value, ensure_ascii=False) for name, value in values.items()}
    return escaped | raw | {name: value.replace("</", "<\\/") for name, value in quoted.items()}


def render(text: str, values: Values, rows: Mapping[str, Sequence[Values]]) -> str:
    """Fill a template; all values are taken as they are, already escaped."""
    return "".join(_pieces(text, values, rows))


def _pieces(text: str, values: Values, rows: Mapping[str, Sequence[Values]]) -> Iterable[str]:
    at = 0
    for block in _EACH.finditer(text):
        yield Template(text[at : block.start()]).substitute(values)
        for row in rows[block[1]]:
            yield Template(block[2]).substitute({**values, **row})
        at = block.end()
    yield Template(text[at:]).substitute(values)
