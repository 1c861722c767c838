"""What the pipeline says aloud as Prefect events: wake-ups for triggers, news for people's own automations.

One event for a batch, never one for an article: Prefect's server needs some 20 ms for each, and its SQLite locks up
under bursts. Nothing depends on an event arriving; without a server they go nowhere, and nobody waits for them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self

from prefect.events import emit_event

from tasks.domain.feeds.schedule import is_failure
from tasks.domain.signals import turned_failing
from tasks.names import ARTICLES_LANDED, CLAIMS_LANDED, EVENT_CHANGED, FEED_FAILING, FEED_POLLED, SPIKE_DETECTED
from tasks.poll import Polled
from tasks.runs import Run
from warehouse.records import Analysis, Article, Poll, Signal

# Prefect's server refuses events with more than 100 related resources or 1.5 MB.
_MOST_RELATED = 90
_MOST_NAMED = 200


def announce_polls(polled: Sequence[Polled], polls: Sequence[Poll], run: Run) -> None:
    """Say that a batch of feeds was polled, and which of them have begun to fail."""
    if not polls:
        return
    payload = {
        "feeds": len(polls),
        "new_entries": sum(poll.event.new_entries for poll in polls),
        "failing": sum(is_failure(poll.event.outcome) for poll in polls),
        "outcomes": dict(Counter(poll.event.outcome for poll in polls)),
    }
    outlets = {one.source.feed_id: one.source.outlet for one in polled}
    _emit(FEED_POLLED, "marsad.feeds", payload, run, _feeds(outlets))
    lost = [poll for one, poll in zip(polled, polls, strict=True) if turned_failing(one.state, poll.state)]
    if lost:
        told = {poll.state.url: {"outcome": poll.event.outcome, "detail": poll.event.detail} for poll in lost}
        names = {poll.state.feed_id: outlets[poll.state.feed_id] for poll in lost}
        _emit(FEED_FAILING, "marsad.feeds", {"feeds": dict(list(told.items())[:_MOST_NAMED])}, run, _feeds(names))


class Announcer:
    """Says that texts landed that wait to be analysed: at once for the first batch of a run, so that work begins, then
    together for the rest of what came in, so that a burst makes two events however long it is."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._has_spoken = False
        self._articles: list[Article] = []
        self._new = self._versions = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self._speak()

    def landed(self, articles: Sequence[Article], new: int, versions: int) -> None:
        if new + versions:
            self._articles += articles
            self._new += new
            self._versions += versions
        if not self._has_spoken:
            self._speak()

    def _speak(self) -> None:
        if not self._new + self._versions:
            return
        ids = list(dict.fromkeys(article.article_id for article in self._articles))
        payload = {"articles": self._new, "versions": self._versions, "article_ids": ids[:_MOST_NAMED]}
        outlets = {article.feed_id: article.outlet for article in self._articles}
        _emit(ARTICLES_LANDED, "marsad.articles", payload, self._run, _feeds(outlets))
        self._has_spoken = True
        self._articles, self._new, self._versions = [], 0, 0


def announce_claims(analyses: Sequence[Analysis], run: Run) -> None:
    """Say that what was found in a batch of articles is in the warehouse; publication waits for it."""
    if not analyses:
        return
    claims = [claim for analysis in analyses for claim in analysis.claims]
    kinds = Counter(claim.kind for claim in claims)
    actors = Counter(
        actor
        for claim in claims
        for actor in (claim.supplier, claim.recipient, *(claim.participants or ()))
        if actor is not None
    )
    payload = {"articles": len(analyses), "claims": len(claims), "kinds": dict(kinds), "actors": dict(actors)}
    related = (_related(f"marsad.actor.{actor}", actor, "actor") for actor, _ in actors.most_common(_MOST_RELATED))
    _emit(CLAIMS_LANDED, "marsad.claims", payload, run, related)


def announce_signals(signals: Sequence[Signal], run: Run) -> None:
    """Call people: each spike by its pair, so that they can listen for theirs; changed articles together."""
    for spike in (signal for signal in signals if signal.signal == "spike.detected"):
        actors = [_related(f"marsad.actor.{actor}", actor, "actor") for actor in spike.details["actors"]]
        resource = f"marsad.dyad.{spike.subject.replace(' ', '.')}"
        _emit(SPIKE_DETECTED, resource, spike.details, run, actors)
    if changed := [signal for signal in signals if signal.signal == "event.changed"]:
        articles = (_related(f"marsad.article.{one.subject}", one.details["url"], "article") for one in changed)
        payload = {"articles": [one.details for one in changed[:_MOST_NAMED]]}
        _emit(EVENT_CHANGED, "marsad.articles", payload, run, articles)


def _feeds(outlets: Mapping[str, str]) -> Iterable[dict[str, str]]:
    return (_related(f"marsad.feed.{feed_id}", outlet, "feed") for feed_id, outlet in outlets.items())


def _related(resource: str, name: str, role: str) -> dict[str, str]:
    return {"prefect.resource.id": resource, "prefect.resource.name": name, "prefect.resource.role": role}


def _emit(
    event: str, resource: str, payload: Mapping[str, Any], run: Run, related: Iterable[dict[str, str]] = ()
) -> None:
    emit_event(
        event,
        resource={"prefect.resource.id": resource, "marsad.run": run.run_id},
        related=list(related)[:_MOST_RELATED],
        payload={**payload, "run_id": run.run_id},
    )
