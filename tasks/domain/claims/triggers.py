"""The words that give a cooperation claim away: verbs by valency, themes by what is moved or held."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from tasks.domain.arabic.normalise import fold
from tasks.domain.arabic.tokens import Token
from tasks.domain.claims.inflect import PRONOUNS, noun_forms, participle_forms, past_forms, present_forms
from warehouse.records import Kind

DATA = "tasks.domain.data.claims"


@dataclass(frozen=True, slots=True)
class Tag:
    """One reading of a word: `name` is the class of a verb or the theme of a noun; `form` past, present, noun, ..."""

    group: str
    name: str
    form: str
    kinds: tuple[Kind, ...] = ()
    is_anchor: bool = False
    lemma: str = ""


@dataclass(frozen=True, slots=True)
class Trigger:
    """Tagged words of a sentence: token indexes, inclusive; `proclitic` was taken off the first word."""

    first: int
    last: int
    tags: tuple[Tag, ...]
    proclitic: str = ""
    has_pronoun: bool = False

    def named(self, group: str) -> tuple[Tag, ...]:
        return tuple(tag for tag in self.tags if tag.group == group)


@dataclass(frozen=True, slots=True)
class Triggers:
    """The trigger lexicon, indexed for lookup: single words by form, phrases by their first bare word."""

    words: Mapping[str, tuple[Tag, ...]]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], Tag], ...]]

    def find(self, tokens: Sequence[Token]) -> tuple[Trigger, ...]:
        """Find every trigger; a phrase hides the themes, not the verbs, of the words in it."""
        found: list[Trigger] = []
        phrase_end = -1
        for index, token in enumerate(tokens):
            if not token.is_word:
                continue
            phrase = self._phrase_at(tokens, index) if index > phrase_end else None
            if phrase:
                found.append(phrase)
                phrase_end = phrase.last
            proclitic, tags = self.look_up(token.norm)
            if index <= phrase_end:
                tags = tuple(tag for tag in tags if tag.group == "verb")
            if tags:
                found.append(Trigger(index, index, tags, proclitic, _ends_in_pronoun(token.norm)))
        return tuple(found)

    def look_up(self, word: str) -> tuple[str, tuple[Tag, ...]]:
        for proclitic, rest in split_clitics(word):
            tags = self.words.get(rest)
            if tags:
                return proclitic, tags
        return "", ()

    def _phrase_at(self, tokens: Sequence[Token], index: int) -> Trigger | None:
        best: Trigger | None = None
        for proclitic, rest in split_clitics(tokens[index].norm):
            for words, tag in _candidates(self.phrases, rest):
                last = index + len(words) - 1
                if last < len(tokens) and _continues(tokens, index, words) and (best is None or last > best.last):
                    best = Trigger(index, last, (tag,), proclitic)
        return best


def _candidates(phrases: Mapping[str, Any], word: str) -> Iterator[tuple[tuple[str, ...], Tag]]:
    for key in bare_forms(word):
        yield from phrases.get(key, ())


def _continues(tokens: Sequence[Token], index: int, words: tuple[str, ...]) -> bool:
    return all(word in bare_forms(tokens[index + i].norm) for i, word in enumerate(words) if i)


def _ends_in_pronoun(word: str) -> bool:
    return len(word) > 4 and word.endswith(("ها", "هم", "هما", "ه"))


@lru_cache(maxsize=65536)
def split_clitics(word: str) -> tuple[tuple[str, str], ...]:
    """The word as it stands, then without و or ف, then without ب, ل or ك; لل becomes ل and the article."""
    out = [("", word)]
    rests = [word]
    if len(word) > 3 and word[0] in "وف":
        rests.append(word[1:])
        out.append((word[0], word[1:]))
    for rest in rests:
        if rest.startswith("لل") and len(rest) > 4:
            out.append(("ل", "ال" + rest[2:]))
        elif len(rest) > 3 and rest[0] in "بلك":
            out.append((rest[0], rest[1:]))
    return tuple(out)


@lru_cache(maxsize=65536)
def bare_forms(word: str) -> tuple[str, ...]:
    """The word without article, accusative ending or pronoun, as far as each can be taken off."""
    stem = word[2:] if word.startswith("ال") and len(word) > 4 else word
    forms = [stem]
    if stem.endswith("ا") and len(stem) > 3:
        forms.append(stem[:-1])
    for pronoun in PRONOUNS:
        if stem.endswith(pronoun) and len(stem) - len(pronoun) > 2:
            cut = stem[: -len(pronoun)]
            forms.append(cut)
            if cut.endswith("ت"):
                forms.append(cut[:-1] + "ة")
    return tuple(forms)


@cache
def triggers() -> Triggers:
    """The packaged lexicon, read once."""
    return compile_triggers(read_data("triggers_verbs.toml"), read_data("triggers_themes.toml"))


def read_data(name: str) -> dict[str, Any]:
    """One packaged data file of the claims engine."""
    return tomllib.loads(resources.files(DATA).joinpath(name).read_text(encoding="utf-8"))


def compile_triggers(verbs: Mapping[str, Any], themes: Mapping[str, Any]) -> Triggers:
    words: dict[str, dict[Tag, None]] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], Tag]]] = {}
    for entry in verbs["verb"]:
        for form, tag in _verb_forms(entry):
            words.setdefault(form, {})[tag] = None
    for entry in themes["theme"]:
        for form, tag in _theme_forms(entry):
            words.setdefault(form, {})[tag] = None
        for phrase in entry.get("phrases", ()):
            bare = tuple(bare_forms(fold(word))[0] for word in phrase.split())
            phrases.setdefault(bare[0], []).append((bare, _theme_tag(entry, "phrase", phrase)))
    return Triggers(
        {form: tuple(tags) for form, tags in words.items()},
        {first: tuple(sorted(found, key=lambda pair: -len(pair[0]))) for first, found in phrases.items()},
    )


def _verb_forms(entry: Mapping[str, Any]) -> Iterator[tuple[str, Tag]]:
    generators = (
        ("past", "past", past_forms),
        ("present", "present", present_forms),
        ("nouns", "noun", noun_forms),
        ("participles", "participle", participle_forms),
        ("extra", "extra", lambda form: (fold(form),)),
    )
    for key, form, generate in generators:
        for word in entry.get(key, ()):
            tag = Tag("verb", entry["class"], form, tuple(entry.get("kinds", ())), lemma=fold(word))
            for surface in generate(word):
                yield surface, tag


def _theme_forms(entry: Mapping[str, Any]) -> Iterator[tuple[str, Tag]]:
    for noun in entry.get("nouns", ()):
        for surface in noun_forms(noun):
            yield surface, _theme_tag(entry, "noun", noun)


def _theme_tag(entry: Mapping[str, Any], form: str, lemma: str) -> Tag:
    kinds = tuple(entry["kinds"])
    return Tag("theme", entry["theme"], form, kinds, bool(entry.get("anchor", False)), fold(lemma))
