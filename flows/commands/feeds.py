"""`marsad feeds`: the state of every feed, and lists of feeds in and out."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from flows.asking import as_objects, ask
from flows.console import (
    DEFAULT_CONFIG,
    ConfigOption,
    Exit,
    JsonOption,
    err,
    fail,
    print_json_line,
    print_line,
    print_table,
    settings_from,
    settings_or_defaults,
)
from warehouse.records import Rejected

feeds_app = typer.Typer(help="The feeds: their state, and OPML in and out.", no_args_is_help=True)

OpmlArgument = Annotated[Path, typer.Argument(metavar="FILE.opml", help="A list of feeds.")]

SiteArgument = Annotated[str, typer.Argument(help="The address of a page of the site.")]

_COLUMNS = ("outlet", "url", "outcome", "last_new_entry_at", "interval_minutes", "next_poll_at", "failures", "rejected")


@feeds_app.command("check")
def check(as_json: JsonOption = False, config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Show every feed: outcome of its last poll, last new entry, interval, what was rejected."""
    rows = as_objects(ask(settings_from(config), "feeds"))
    if as_json:
        print_json_line({"feeds": rows})
    else:
        print_table("Feeds", _COLUMNS, [[row[column] for column in _COLUMNS] for row in rows])


@feeds_app.command("export")
def export(config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Write the configured feeds as OPML to standard output, sorted into one folder for each country."""
    from tasks.domain.feeds.opml import Subscription, serialise_opml

    subscriptions = [
        Subscription(
            source.url, source.outlet, (source.country,), source.outlet, source.country, source.owner, source.language
        )
        for source in settings_from(config).sources
    ]
    sys.stdout.buffer.write(serialise_opml(subscriptions, "marsad"))


@feeds_app.command("import")
def import_opml(opml: OpmlArgument, config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Print the feeds of an OPML file that are not configured yet, as tables to paste into pipeline.toml."""
    from tasks.domain.articles.urls import feed_id
    from tasks.domain.feeds.opml import parse_opml

    configured = {source.feed_id for source in settings_from(config).sources}
    try:
        subscriptions, rejected = parse_opml(opml.read_bytes())
    except OSError as error:
        fail(f"{opml}: {error.strerror}")
    new = [one for one in subscriptions if feed_id(one.url) not in configured]
    for one in new:
        fields = (one.outlet or one.title, one.url, one.country or "XXX", one.owner, one.language or "ar")
        print_line("[[feeds]]")
        for key, value in zip(("outlet", "url", "country", "owner", "language"), fields, strict=True):
            print_line(f"{key} = {_toml_string(value)}")
        print_line()
    known = len(subscriptions) - len(new)
    err.print(f"{len(new)} new feeds, {known} already configured, {len(rejected)} refused", markup=False)
    for refusal in rejected:
        err.print(f"refused: {refusal.subject}: {refusal.reason}: {refusal.detail}", markup=False, soft_wrap=True)
    if rejected:
        raise typer.Exit(Exit.PARTLY)


@feeds_app.command("discover")
def discover(site: SiteArgument, as_json: JsonOption = False, config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Find the feeds of a site: what its page names, else the usual places, each asked whether it is one."""
    from tasks.discover import discover_feeds

    found = discover_feeds(site, settings_or_defaults(config))
    if isinstance(found, Rejected):
        fail(f"{site}: {found.reason}: {found.detail}")
    if as_json:
        print_json_line({"feeds": [asdict(one) for one in found]})
    else:
        rows = [(one.url, one.title, one.version, one.entries, one.newest) for one in found]
        print_table(f"Feeds of {site}", ("url", "title", "version", "entries", "newest entry"), rows)
    if not found:
        fail(f"{site}: names no feed, and none is at the usual places")


def _toml_string(text: str) -> str:
    # JSON's string syntax is TOML's basic string.
    return json.dumps(text, ensure_ascii=False)
