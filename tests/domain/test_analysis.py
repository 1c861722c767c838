from __future__ import annotations

from dataclasses import replace

from tasks.domain.lexicon import LexiconFile, actors
from tasks.engine import engine_of
from tasks.settings import EntitySettings, Settings


def test_the_version_names_rules_tagger_and_lexicons() -> None:
    engine = engine_of(Settings(entities=EntitySettings(backend="embedded")))
    parts = engine.version.split("+")
    assert parts[0].startswith("claims-") and parts[1].startswith("embedded-") and parts[-1].startswith("lexicons-")
    entry = '[armed_group]\nX = { forms = ["سين"] }\n'
    file = LexiconFile("desk", f'kind = "actors"\nversion = "1"\nprovenance = "x"\n{entry}')
    assert replace(engine, actors=actors((file,))).version != engine.version


def test_the_same_article_gives_the_same_analysis() -> None:
    engine = engine_of(Settings(entities=EntitySettings(backend="embedded")))
    text = "سلمت روسيا سوريا 24 دبابة، بحسب ما أعلنت وزارة الدفاع الأردنية."
    assert engine.analyse("a", "", text, None) == engine.analyse("a", "", text, None)
    assert engine.analyse("a", "", text, None).claims == engine.explainer("", text, None).claims
