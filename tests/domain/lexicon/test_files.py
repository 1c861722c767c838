"""Files of a user: they win, they are checked, and what is wrong with them is said with its place and cure."""

from __future__ import annotations

import pytest

from tasks.domain.arabic.tokens import tokenise
from tasks.domain.lexicon import LexiconError, LexiconFile, actors, check_lexicon, equipment, load_aliases
from tasks.domain.lexicon.spelling import atoms, expand, with_article

HEAD = 'version = "1"\nprovenance = "desk"\n'
ACTORS = f'kind = "actors"\n{HEAD}'
EQUIPMENT = f'kind = "equipment"\n{HEAD}'


def user(text: str) -> LexiconFile:
    return LexiconFile("desk.toml", text)


def test_a_users_group_is_found() -> None:
    file = user(
        ACTORS + '[armed_group]\nNEW_FRONT = { en = "New Front", country = "SDN", forms = ["{جبهة|الجبهة} الفجر"] }\n'
    )
    (match,) = actors((file,)).match(tokenise("قالت جبهة الفجر"))
    assert (match.entry_id, match.role, match.country, match.label) == ("NEW_FRONT", "armed_group", "SDN", "ORG")
    assert actors().match(tokenise("قالت جبهة الفجر")) == ()


def test_a_users_meaning_goes_before_the_packages() -> None:
    file = user(ACTORS + '[company]\n"Our Taliban" = { country = "IND", forms = ["طالبان"] }\n')
    (match,) = actors((file,)).match(tokenise("طالبان"))
    assert (match.entry_id, match.role) == ("IND", "company")


def test_a_users_weapon_is_found_in_all_spellings() -> None:
    file = user(EQUIPMENT + '[uav.designations]\n"QX-77" = ["صقر الليل"]\n')
    for spelling in ("كيو إكس-77", "كيو اكس 77", "QX-77", "qx77", "صقر الليل"):
        (match,) = equipment((file,)).match(tokenise(spelling))
        assert (match.designation, match.category) == ("QX-77", "uav"), spelling


def test_the_version_names_the_content() -> None:
    file = user(ACTORS + '[armed_group]\nX = { forms = ["جبهة الفجر"] }\n')
    assert actors((file,)).version != actors().version
    assert actors().version == actors().version


def test_the_packaged_files_have_no_conflict() -> None:
    assert check_lexicon() == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("kind = ", "not valid TOML"),
        ('kind = "actors"\n', "no `version`"),
        (HEAD, "`kind` is None"),
        (f'kind = "weapons"\n{HEAD}', "`kind` is 'weapons'"),
        (ACTORS + '[warlord]\nX = { forms = ["س"] }\n', "unknown role"),
        (ACTORS + '[company]\nX = { form = ["سين"] }\n', "unknown field `form`"),
        (ACTORS + '[company]\nX = { forms = "سين" }\n', "`forms` must be a list"),
        (ACTORS + '[company]\nX = { forms = ["{سين|صاد"] }\n', "braces"),
        (ACTORS + '[company]\nX = { country = "XYZ", forms = ["سين صاد"] }\n', "country 'XYZ'"),
        (ACTORS + '[leader]\nX = { country = "USA", since = "2020", forms = ["سين"] }\n', "must be a date"),
        (
            ACTORS + '[leader]\nX = { country = "USA", since = 2021-01-01, until = 2020-01-01, forms = ["سين صاد"] }\n',
            "after",
        ),
        (ACTORS + '[company]\nX = { country = "USA", forms = [{ is = "سين", near = ["صاد"] }] }\n', "unknown `near`"),
        (
            ACTORS + '[company]\nX = { country = "USA", forms = [{ is = "سين", before = ["@titles"] }] }\n',
            "no word set",
        ),
        (
            ACTORS + '[company]\nX = { country = "USA", forms = ["سين"] }\nY = { country = "FRA", forms = ["سين"] }\n',
            "also is",
        ),
        (EQUIPMENT + '[spaceship]\nnouns = [{ sg = "+سفينة" }]\n', "unknown category"),
        (EQUIPMENT + '[tank]\nnouns = [{ plural = "دبابات" }]\n', "a noun is a table"),
        (EQUIPMENT + '[tank.designations]\n"T-1" = ["سين"]\n"T-2" = ["سين"]\n', "also is"),
        (f'kind = "aliases"\n{HEAD}[WHO."per:x"]\nnames = ["سين"]\n', "unknown label"),
        (f'kind = "aliases"\n{HEAD}[PERS."per:x"]\nar = "سين"\n', "names ="),
    ],
)
def test_what_is_wrong_is_said(text: str, problem: str) -> None:
    conflicts = check_lexicon([user(text)])
    assert any(problem in conflict.problem for conflict in conflicts), conflicts
    assert all(conflict.file for conflict in conflicts)


def test_errors_name_file_entry_and_cure() -> None:
    file = user(ACTORS + '[company]\nX = { form = ["سين"] }\n')
    with pytest.raises(LexiconError, match=r"desk\.toml: \[company\.X\]: unknown field `form`; known: .*forms"):
        actors((file,))


def test_an_earlier_alias_file_wins() -> None:
    first, second = (f'kind = "aliases"\n{HEAD}[PERS."per:{i}"]\nnames = ["سامر النجار"]\n' for i in "ab")
    aliases = load_aliases([LexiconFile("a.toml", first), LexiconFile("b.toml", second)])
    assert [entity.entity_id for entity in aliases.entities.values()] == ["per:a"]


@pytest.mark.parametrize(
    ("pattern", "forms"),
    [
        ("بسيط", ("بسيط",)),
        ("{حركة |}حماس", ("حركة حماس", "حماس")),
        ("{أ|{ب|ج} د}", ("أ", "ب د", "ج د")),
    ],
)
def test_alternatives(pattern: str, forms: tuple[str, ...]) -> None:
    assert expand(pattern) == forms


def test_article() -> None:
    assert with_article("+طائرة +مسيرة") == ("طائرة مسيرة", "الطائرة المسيرة")
    assert with_article("منظومة +دفاع +جوي") == ("منظومة دفاع جوي", "منظومة الدفاع الجوي")


@pytest.mark.parametrize("spelling", ["إف-16", "اف 16", "إف16", "إف–١٦", "أف-16"])
def test_all_spellings_of_a_designator_have_the_same_atoms(spelling: str) -> None:
    assert [atom for word in spelling.split() for atom in atoms(word)] == ["اف", "16"]
