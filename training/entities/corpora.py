"""Readers of the training corpora: each gives sentences of (word, BIO tag), words written as newspapers write them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tasks.domain.arabic.document import Document, Sentence, read_document
from tasks.domain.arabic.tokens import Token, readings

Tagged = list[tuple[str, str]]
Span = tuple[int, int, str]

# The sentences of NewsFANE that hold the text of the ANERcorp test part (it is the same newspaper text).
ANERCORP_TEST_IN_NEWSFANE = frozenset([*range(2103, 3101), 1872, 1873])

_INVISIBLE = re.compile("[\u200e\u200f\ufeff\u202a-\u202e]")
_ARABIC = re.compile("^[\u0621-\u064a]+$")
_PROCLITICS = frozenset("وفبلك")
_PREPOSITIONS = frozenset("بلك")
_ENCLITICS = frozenset(("ه", "ها", "هم", "هما", "نا", "هن"))

# The fine classes of the FANE corpora, gathered to what news of armed forces needs to tell apart.
_FINE = {
    "NAT": "Nation GPE-Cluster Continent",
    "CITY": "Population-Center State-or-Province County-or-District",
    "GEO": "Water-Body Land-Region-Natural",
    "FAC": "Building-Grounds Airport Path Plant Subarea-Facility",
    "GRP": "Group",
    "GOV": "Government",
    "VEH": "Air Land Water",
    "WEA": "Projectile Shooting Exploding Nuclear Sharp Chemical Blunt",
    "POL": "Politician",
    "MIL": "Police",
    "PERS": "Athlete Businessperson Artist Scientist Religious_PER Engineer Lawyer Other_PER",
    "ORG": "Non-Governmental Commercial Educational Media Religious_ORG Sports Medical-Science Entertainment",
}
_GATHERED = {name: target for target, names in _FINE.items() for name in names.split()}


def read_anercorp(path: Path) -> list[Tagged]:
    """Read one word and its tag a line, sentences parted by empty lines."""
    sentences: list[Tagged] = [[]]
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        columns = line.split()
        if len(columns) == 2:
            sentences[-1].append((columns[0], columns[1]))
        elif sentences[-1]:
            sentences.append([])
    return [sentence for sentence in sentences if sentence]


def read_fane(path: Path, leave_out: frozenset[int] = frozenset()) -> list[Tagged]:
    """Read WikiFANE or NewsFANE with the clitics, which the corpus parts, joined to their words again."""
    sentences: list[Tagged] = [[]]
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        word, tag = _fane_line(line)
        if word:
            sentences[-1].append((word, tag))
        elif sentences[-1]:
            sentences.append([])
    kept = (sentence for sentence in sentences if sentence)
    return [[(w, gather(t)) for w, t in join_clitics(s)] for i, s in enumerate(kept) if i not in leave_out]


def _fane_line(line: str) -> tuple[str, str]:
    word, _, tag = line.rstrip("\n\r").partition("\t")
    return _INVISIBLE.sub("", word).strip(), tag.strip() or "O"


def gather(tag: str) -> str:
    """Map a fine FANE tag to the gathered classes; what has none becomes O."""
    prefix, _, name = tag.partition("-")
    target = _GATHERED.get(name)
    return f"{prefix}-{target}" if target else "O"


def join_clitics(sentence: Sequence[tuple[str, str]]) -> Tagged:
    """Join one-letter proclitics to the next word and pronouns to the word before."""
    joined: Tagged = []
    pending = ""
    for index, (word, tag) in enumerate(sentence):
        following = sentence[index + 1][0] if index + 1 < len(sentence) else ""
        if tag == "O" and _ARABIC.match(following) and _is_proclitic(word, pending):
            pending += word
        elif pending:
            joined.append((_attach(pending, word), tag))
            pending = ""
        elif word in _ENCLITICS and joined and len(joined[-1][0]) > 1 and _ARABIC.match(joined[-1][0]):
            stem, stem_tag = joined[-1]
            joined[-1] = (re.sub("ة$", "ت", stem) + word, stem_tag)
        else:
            joined.append((word, tag))
    return [*joined, (pending, "O")] if pending else joined


def _is_proclitic(word: str, pending: str) -> bool:
    return word in (_PREPOSITIONS if pending else _PROCLITICS)


def _attach(pending: str, word: str) -> str:
    return pending + (word[1:] if pending.endswith("ل") and word.startswith("ال") else word)


def read_gold(path: Path) -> Iterator[tuple[str, Document, list[Span]]]:
    """Read labelled articles: id, document and the entity spans with their labels."""
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        spans = [(entity["start"], entity["end"], entity["label"]) for entity in record["entities"]]
        yield record["id"], read_document(record["text"], record["title"]), sorted(spans)


def tag_sentence(sentence: Sentence, spans: Iterable[Span]) -> Tagged:
    """Turn character spans into BIO tags: a word belongs to a span that starts at the word or behind its clitics."""
    tags = ["O"] * len(sentence.tokens)
    for start, end, label in spans:
        covered = [i for i, token in enumerate(sentence.tokens) if _covers(token, start, end)]
        for order, index in enumerate(covered):
            tags[index] = ("I-" if order else "B-") + label
    return [(token.text, tag) for token, tag in zip(sentence.tokens, tags, strict=True)]


def _covers(token: Token, start: int, end: int) -> bool:
    if token.start >= start:
        return token.end <= end
    return token.end <= end and start - token.start in {reading.skip for reading in readings(token)}


def plain_sentences(folder: Path) -> Iterator[list[str]]:
    """Give the sentences of every text file below a folder, in the order of their names."""
    for path in sorted(folder.rglob("*.txt")):
        document = read_document(path.read_text(encoding="utf-8", errors="replace"))
        for sentence in document.sentences:
            yield [token.text for token in sentence.tokens]
