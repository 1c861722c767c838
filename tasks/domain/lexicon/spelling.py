"""Keys under which forms are stored, and the notation in which files write many spellings in one line."""

from __future__ import annotations

import re
from functools import lru_cache

from tasks.domain.arabic.normalise import fold

# Letters that only loanwords have, and the ha that is written for a final teh marbuta.
_LOAN_LETTERS = str.maketrans("ڤپچڨ", "فبجق")
_ATOM = re.compile(r"[0-9]+|[^\W\d_]+")
_CHOICE = re.compile(r"\{([^{}]*)\}")
ARTICLE = "ال"
MARK = "+"


@lru_cache(maxsize=131072)
def atoms(word: str) -> tuple[str, ...]:
    """Cut a word into the runs of letters and digits under which the trie files it: "إف-16" → ("اف", "16").

    Hyphens, points and quotation marks have no atom, so that all ways to write a designation meet.
    """
    folded = fold(word).lower().translate(_LOAN_LETTERS)
    return tuple(_final(atom) for atom in _ATOM.findall(folded))


def atoms_of(form: str) -> tuple[str, ...]:
    """The path of a whole form."""
    return tuple(atom for word in form.split() for atom in atoms(word))


def _final(atom: str) -> str:
    return atom[:-1] + "ه" if atom.endswith("ة") else atom


def expand(pattern: str) -> tuple[str, ...]:
    """Write out the alternatives of a pattern: "{بيونغ|بيونج} يانغ" is two forms, "{حركة |}حماس" two as well.

    Alternatives may hold alternatives.
    """
    done: list[str] = []
    waiting = [pattern]
    while waiting:
        choice = _CHOICE.search(current := waiting.pop())
        if choice is None:
            done.append(" ".join(current.split()))
        else:
            before, after = current[: choice.start()], current[choice.end() :]
            waiting.extend(f"{before}{option}{after}" for option in reversed(choice[1].split("|")))
    return tuple(dict.fromkeys(done))


def with_article(phrase: str) -> tuple[str, ...]:
    """Give a phrase without and with the article on the words marked `+`: "+طائرة +مسيرة", "منظومة +دفاع +جوي"."""
    words = phrase.split()
    if not any(word.startswith(MARK) for word in words):
        return (phrase,)
    bare = " ".join(word.removeprefix(MARK) for word in words)
    definite = " ".join(ARTICLE + word[1:] if word.startswith(MARK) else word for word in words)
    return (bare, definite)
