from tasks.domain.entities.features import FeatureMaker, word_form

LISTS = {"place": ["القاهرة", "كوريا الشمالية"], "given": ["محمد"]}


def _names(maker: FeatureMaker, words: list[str]) -> list[set[str]]:
    return [{maker.names[i] for i in flags} for flags in maker.sentence([maker.word(word) for word in words])]


def test_digits_are_alike() -> None:
    assert word_form("إف-16") == word_form("إف-35") == "اف-00"


def test_the_stem_is_the_commoner_reading() -> None:
    maker = FeatureMaker({"وزير": 0, "قال": 1, "الجيش": 2}, {})
    assert [maker.word(word).stem for word in ("وزير", "وقال", "للجيش", "غريب")] == ["وزير", "قال", "الجيش", "غريب"]


def test_lists_mark_phrases_behind_clitics() -> None:
    flags = _names(FeatureMaker({}, LISTS), ["وكوريا", "الشمالية", "بالقاهرة", "محمد", "علي"])
    assert "begin=place" in flags[0] and "inside=place" in flags[1] and "begin=place" in flags[2]
    assert "begin=given" in flags[3] and not any("=given" in name for name in flags[4])


def test_half_a_phrase_marks_nothing() -> None:
    flags = _names(FeatureMaker({}, LISTS), ["كوريا", "الجنوبية", "كوريا"])
    assert not any("place" in name for word in flags for name in word)


def test_shapes() -> None:
    maker = FeatureMaker({}, {})
    shapes = [next(n for n in names if n.startswith("shape")) for names in _names(maker, ["٣٫٥", "MQ-9", "،", "بيت"])]
    assert shapes == ["shape=number", "shape=latin", "shape=mark", "shape=word"]
