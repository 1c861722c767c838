"""`marsad`: the command line. Each command lives in its own file under `flows/commands`.

The imports of a command's work happen inside it, so that `marsad --help` stays quick.
"""

from __future__ import annotations

import os
import sys

import typer

from flows.commands import (
    analyze,
    explain,
    export,
    extract,
    feed,
    feeds,
    imports,
    ingest,
    lexicon,
    maintain,
    query,
    reprocess,
    run,
    up,
    websub,
)
from flows.console import Exit

app = typer.Typer(
    name="marsad",
    help="Who cooperates militarily with whom, according to whom, and how certain: from Arabic news.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("run")(run.run)
app.command("ingest")(ingest.ingest)
app.command("up")(up.up)
app.command("down")(up.down)
app.command("status")(up.status)
app.command("websub")(websub.websub)
app.command("query")(query.query)
app.command("analyze")(analyze.analyze)
app.command("explain")(explain.explain)
app.command("extract")(extract.extract)
app.command("feed")(feed.feed)
app.command("export")(export.export)
app.command("import")(imports.import_)
app.command("schema")(export.schema)
app.command("entity")(lexicon.entity)
app.command("reprocess")(reprocess.reprocess)
app.command("maintain")(maintain.maintain)
app.command("diff-versions")(reprocess.diff_versions)
app.add_typer(feeds.feeds_app, name="feeds")
app.add_typer(lexicon.lexicon_app, name="lexicon")
app.add_typer(lexicon.models_app, name="models")


def main() -> None:
    """Entry point: as `app`, but a reader that closes the pipe early (`marsad query ... | head`) is no error."""
    try:
        app()
    except BrokenPipeError:
        # Python would complain again while flushing standard output at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(Exit.DONE)


if __name__ == "__main__":
    main()
