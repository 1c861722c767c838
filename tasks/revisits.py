"""What a batch of pages means beyond its texts: when each is looked at again, what changed, what went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from tasks.domain.articles.changes import compare_versions, summarise
from tasks.domain.articles.landing import is_gone, is_unchanged, next_visit, retry_at
from tasks.pages import Extracted
from tasks.settings import Settings
from warehouse.followup import Deletion, Followup, LatestText, Revisit, VersionChange
from warehouse.records import Article, Rejected, Response


def follow_up(
    extracted: Sequence[Extracted],
    articles: Sequence[Article],
    known: Mapping[str, LatestText],
    settings: Settings,
    now: datetime,
) -> Followup:
    """`known` are the newest stored texts of the articles of this batch."""
    again = [one for one in extracted if one.fetched.work.visit > 0]
    return Followup(
        changes=changes(articles, known),
        revisits=tuple(plan for one in extracted if (plan := _revisit(one, settings, now))),
        deletions=tuple(
            Deletion(one.fetched.work.article_id, one.page.reason)
            for one in again
            if isinstance(one.page, Rejected) and is_gone(one.page)
        ),
        done=tuple(one.fetched.work.article_id for one in again if is_quiet(one)),
    )


def is_quiet(one: Extracted) -> bool:
    """Say whether a page looked at again is as it was, or gone: nothing of it is refused."""
    page = one.page
    return one.fetched.work.visit > 0 and isinstance(page, Rejected) and (is_unchanged(page) or is_gone(page))


def changes(articles: Sequence[Article], known: Mapping[str, LatestText]) -> tuple[VersionChange, ...]:
    """How each text differs from the newest stored one, where there is one."""
    pairs = [(known[article.article_id], article) for article in articles if article.article_id in known]
    return tuple(_change(old, new) for old, new in pairs if old.text_hash != new.text_hash)


def _change(old: LatestText, new: Article) -> VersionChange:
    found = compare_versions(old.text, new.text, old_title=old.title, new_title=new.title)
    share = round(1 - found.similarity, 4)
    return VersionChange(new.article_id, new.text_hash, summarise(found), found.words_added, found.words_removed, share)


def _revisit(one: Extracted, settings: Settings, now: datetime) -> Revisit | None:
    """The next look; None where the first one brought nothing, or the page is to be tried again before."""
    work, page = one.fetched.work, one.page
    if isinstance(page, Rejected):
        attempts = work.attempts + 1
        if not work.visit or retry_at(page, attempts, now, max_attempts=settings.ingest.max_attempts):
            return None
    planned = next_visit(work.visit, settings.ingest.revisit_hours, now)
    if planned is None:
        return None
    etag, modified = _validators(one)
    return Revisit(work.article_id, *planned, etag, modified)


def _validators(one: Extracted) -> tuple[str | None, str | None]:
    """Those of the answer that was read as an article; a page that was not must be sent whole the next time."""
    work, answer = one.fetched.work, one.fetched.answer
    if isinstance(answer, Rejected):
        return (work.etag, work.last_modified) if is_unchanged(answer) else (None, None)
    if isinstance(one.page, Rejected) or one.page.body_source == "feed":
        return None, None
    assert isinstance(answer, Response)
    return answer.headers.get("etag"), answer.headers.get("last-modified")
