"""What a newsroom running in another process can be told: `POST /-/<action>` with a JSON object.

For demonstrations: publish an article with curl and watch it arrive. Tests hold the `Newsroom` itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from examples.newsroom.content import Route
from examples.newsroom.replies import Reply

if TYPE_CHECKING:
    from examples.newsroom.server import Newsroom

PREFIX = "/-/"


def command(room: Newsroom, path: str, body: bytes) -> Reply:
    """Carry out one command; what is wrong with it is said in the reply."""
    action = _ACTIONS.get(path.removeprefix(PREFIX))
    if action is None:
        return _reply(404, {"error": f"no such action; there are {', '.join(sorted(_ACTIONS))}"})
    try:
        return _reply(200, action(room, **json.loads(body or b"{}")))
    except (ValueError, TypeError, KeyError) as error:
        return _reply(400, {"error": f"{type(error).__name__}: {error}"})


def _reply(status: int, answer: Mapping[str, Any]) -> Reply:
    body = json.dumps(answer, ensure_ascii=False, indent=1) + "\n"
    return Reply(status, body.encode(), {"Content-Type": "application/json; charset=utf-8"})


def _publish(room: Newsroom, outlet: str, title: str, paragraphs: list[str]) -> dict[str, Any]:
    return _where(room, room.publish(outlet, title, paragraphs).key)


def _update(room: Newsroom, key: str, paragraphs: list[str], title: str | None = None) -> dict[str, Any]:
    return _where(room, room.update(key, title, paragraphs).key)


def _revise(room: Newsroom, key: str) -> dict[str, Any]:
    return _where(room, room.revise(key).key)


def _withdraw(room: Newsroom, key: str, status: int = 404) -> dict[str, Any]:
    room.withdraw(key, status)
    return _where(room, key)


def _where(room: Newsroom, key: str) -> dict[str, Any]:
    return {"key": key, "url": room.article_url(key)}


def _route(room: Newsroom, **fields: Any) -> dict[str, Any]:
    route = Route(**fields)
    room.set_route(route)
    return asdict(route)


def _heal(room: Newsroom, path: str) -> dict[str, Any]:
    room.heal(path)
    return {"path": path}


_ACTIONS: dict[str, Callable[..., dict[str, Any]]] = {
    "publish": _publish,
    "update": _update,
    "revise": _revise,
    "withdraw": _withdraw,
    "route": _route,
    "heal": _heal,
}
