import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tasks.domain.arabic.document import read_document
from tasks.domain.arabic.quotes import find_quotes
from tasks.domain.arabic.sentences import split_sentences

GOLD = Path(__file__).parents[2] / "gold"


@pytest.mark.parametrize(
    "marked",
    [
        "قال الوزير إن بلاده سلمت 6700 حاوية، وأضاف أن الاتفاق قريب.|ولم يعلق المتحدث على ذلك.",
        "وصرح د. خالد العلي بأن النسبة بلغت 4.5% هذا العام.|وأكد أ. د. محمد سالم ذلك.",
        "هل تلقت العاصمة أسلحة؟|لا أحد يجزم بذلك!|لكن تقريرا أشار إلى ذلك.",
        "وقالت الوزارة: «لن نتوقف عن الدعم. سنواصل التدريب»، دون تفاصيل.|وجاء ذلك أمس.",
        "رست السفينة في 12.03.2024 عند الساعة 10.30 صباحا.|وكانت تحمل 3.2 مليون طلقة.",
        "أعلنت القوات المسلحة... ثم تراجعت.|وقال العميد م. ح. إن التدريب مستمر.",
        "1. تزويد القوات بالذخيرة.|2. تدريب 500 جندي.",
        "«هذا صحيح».|وغادر القاعة.",
        "قال (في بيان.)|ثم صمت.",
        "عام 400 ق.م. كانت المدينة قائمة.",
        "قيمتها 3 مليارات دولار.[1]|وكذلك كان.",
    ],
)
def test_sentences_end_where_they_end(marked: str) -> None:
    text = marked.replace("|", " ")
    assert [text[start:end] for start, end in split_sentences(text)] == marked.split("|")


def test_a_missing_blank_does_not_join_sentences() -> None:
    text = "انتهى الاجتماع.وقال المتحدث إنه كان مثمرا."
    assert [text[start:end] for start, end in split_sentences(text)] == [
        "انتهى الاجتماع.",
        "وقال المتحدث إنه كان مثمرا.",
    ]


def test_a_newline_always_ends_a_sentence() -> None:
    text = "عنوان فرعي\n\n  وقال الوزير\r\nإن \u200f\n"
    assert [text[start:end] for start, end in split_sentences(text)] == ["عنوان فرعي", "وقال الوزير", "إن"]


def test_a_long_quotation_is_cut() -> None:
    text = "قال: «" + "هذه جملة من الخطاب الطويل. " * 20 + "انتهى»."
    assert len(split_sentences(text)) > 10


def _evidence() -> Iterator[tuple[str, tuple[int, int]]]:
    for path in sorted(GOLD.glob("dev-*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            for claim in record["claims"]:
                yield record["text"], tuple(claim["evidence"])


def test_the_evidence_of_the_gold_is_made_of_whole_sentences() -> None:
    for text, (start, end) in _evidence():
        spans = split_sentences(text)
        assert start in {span[0] for span in spans} and end in {span[1] for span in spans}, text[start:end]


def test_a_document_holds_offsets_of_its_text() -> None:
    text = "قال: «نعم.. سنفعل».\nثم غادر."
    document = read_document(text, "عنوان", date(2024, 1, 1))
    assert [text[s.start : s.end] for s in document.sentences] == ["قال: «نعم.. سنفعل».", "ثم غادر."]
    assert all(text[t.start : t.end] == t.text for s in document.sentences for t in s.tokens)
    assert [text[start:end] for start, end in document.quotes] == ["نعم.. سنفعل"]
    second = document.sentence_at(text.index("غادر"))
    assert second is not None and second.index == 1
    assert document.sentence_at(len(text)) is None


def test_quotes_of_all_kinds() -> None:
    text = '«أ» و“ب” و"ج" ثم "د\nهـ"'
    assert [text[start:end] for start, end in find_quotes(text)] == ["أ", "ب", "ج"]
