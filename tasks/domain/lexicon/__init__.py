"""The lexicons: who may cooperate (`actors`) and with what (`equipment`), found in tokens by `Lexicon.match`.

Their content is data, TOML files in `tasks/domain/data/`; a user's own files of the same format go before them.
"""

from tasks.domain.lexicon.aliases import Aliases, load_aliases
from tasks.domain.lexicon.check import check_lexicon
from tasks.domain.lexicon.load import actors, equipment
from tasks.domain.lexicon.matcher import Lexicon
from tasks.domain.lexicon.records import Conflict, LexiconError, LexiconFile, Match, Rule, Sense

__all__ = [
    "Aliases",
    "Conflict",
    "Lexicon",
    "LexiconError",
    "LexiconFile",
    "Match",
    "Rule",
    "Sense",
    "actors",
    "check_lexicon",
    "equipment",
    "load_aliases",
]
