"""`marsad lexicon`, `marsad models` and `marsad entity`: what the engine knows by name."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from flows.asking import as_objects, ask
from flows.console import (
    DEFAULT_CONFIG,
    ConfigOption,
    Exit,
    JsonOption,
    configuration_checked,
    err,
    fail,
    print_json_line,
    print_line,
    print_table,
    settings_from,
    settings_or_defaults,
)

lexicon_app = typer.Typer(help="The lexicons: actors, equipment, aliases.", no_args_is_help=True)
models_app = typer.Typer(help="The models that tag entities.", no_args_is_help=True)

NameArgument = Annotated[str, typer.Argument(help="A name, in Arabic or English, or part of one.")]
SentenceArgument = Annotated[str, typer.Argument(help="A sentence to tag.")]

_SENTENCE = "قال وزير الدفاع الروسي سيرغي شويغو إن موسكو سلمت القاهرة مقاتلات من طراز سوخوي-35."


@lexicon_app.command("check")
def check(config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Find conflicts in the lexicons and in your own files."""
    from tasks.domain.lexicon.check import check_lexicon
    from tasks.engine import user_lexicons

    settings = settings_or_defaults(config)
    with configuration_checked():
        conflicts = check_lexicon(user_lexicons(settings))
    for conflict in conflicts:
        err.print(f"{conflict.file}: {conflict.entry}: {conflict.problem}", markup=False, soft_wrap=True)
    if conflicts:
        fail(f"{len(conflicts)} conflicts", Exit.CONFIGURATION)
    print_line("no conflicts")


@models_app.command("status")
def status(as_json: JsonOption = False) -> None:
    """Say which tagging models are found, and how to install what is missing."""
    from tasks.domain.entities.tagger import models_status
    from tasks.engine import camel_folder

    found = models_status(camel_folder())
    if as_json:
        print_json_line({"models": [asdict(model) for model in found]})
        return
    rows = [(one.backend, "yes" if one.is_usable else "no", one.path, one.problem, one.cure) for one in found]
    print_table("Models", ("backend", "usable", "path", "problem", "cure"), rows)


@models_app.command("check")
def check_models(sentence: SentenceArgument = _SENTENCE, config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Tag a sentence with the configured backend."""
    from tasks.domain.arabic.document import read_document
    from tasks.domain.entities.tagger import BackendError, tagger_for
    from tasks.engine import camel_folder

    try:
        tagger = tagger_for(settings_or_defaults(config).entities.backend, camel_folder())
    except BackendError as error:
        fail(str(error), Exit.CONFIGURATION)
    mentions = tagger.tag(read_document(sentence))
    rows = [(mention.text, mention.label, mention.start, mention.end, mention.backend) for mention in mentions]
    print_table(f"{tagger.name} {tagger.version}", ("text", "label", "start", "end", "backend"), rows)


def entity(name: NameArgument, as_json: JsonOption = False, config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Find an entity by any spelling of its name: who it is, and how often the articles name it."""
    from tasks.engine import entity_ids

    settings = settings_from(config)
    with configuration_checked():
        known = ",".join(entity_ids(name, settings))
    table = ask(settings, "entity", {"name": name, "ids": known})
    if as_json:
        print_json_line({"entities": as_objects(table)})
    else:
        print_table(f"Entities like {name}", table.columns, table.rows)
