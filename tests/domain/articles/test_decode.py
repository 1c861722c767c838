"""Arabic comes out right whatever the bytes are and whatever is said of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.domain.articles.decode import decode

TEXT = "أعلنت وزارة الدفاع أنها تسلمت دفعة جديدة من المدرعات، ووقعت اتفاقا للتدريب المشترك مع الجانب الآخر."
SHORT = "مناورات بحرية مشتركة"
ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "utf-32-le",
    "utf-32-be",
    "cp1256",
    "iso8859-6",
    "mac_arabic",
    "cp720",
)
LIES = (None, "utf-8", "windows-1256", "iso-8859-6", "iso-8859-1", "windows-1252", "us-ascii", "utf-16", "x-unknown")


def _page(text: str, declared: str | None) -> str:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    return f"<html><head><title>{text}</title><script>{'a=1;' * 3000}</script>{meta}</head><body>{text}</body></html>"


def _feed(text: str, declared: str | None) -> str:
    encoding = f' encoding="{declared}"' if declared else ""
    return f'<?xml version="1.0"{encoding}?><rss><channel><title>{text}</title></channel></rss>'


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("declared", LIES)
@pytest.mark.parametrize("text", [TEXT, SHORT])
def test_arabic_is_right_under_every_declaration(encoding: str, declared: str | None, text: str) -> None:
    for document in (_page(text, declared), _feed(text, declared)):
        body = document.encode(encoding, "ignore")
        header = f"text/html; charset={declared}" if declared else "text/html"
        for content_type in (None, header):
            assert decode(body, content_type).text == body.decode(encoding)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "L’Égypte a reçu des avions français, a déclaré le ministère de la Défense à Paris. "),
        ("cp1251", "Министерство обороны сообщило о поставке партии вооружений. "),
        ("koi8-r", "Министерство обороны сообщило о поставке партии вооружений. "),
        ("cp1254", "Savunma Bakanlığı, eğitim anlaşmasının imzalandığını açıkladı. "),
        ("cp1256", "وزارت دفاع گزارش داد که چند پهپاد خريدارى شده است. "),
        ("gb18030", "国防部宣布签署了一项培训协议。"),
    ],
)
def test_other_scripts_keep_their_declaration(encoding: str, text: str) -> None:
    body = (text * 3).encode(encoding)
    found = decode(body, f"text/html; charset={encoding}")
    assert (found.text, found.replaced) == (body.decode(encoding), 0)


def test_bad_bytes_in_utf8_cost_only_themselves() -> None:
    body = TEXT.encode() + b"\xff" + TEXT.encode() + b"\xd8"
    found = decode(body, "text/html; charset=utf-8")
    assert (found.text, found.encoding, found.replaced) == (f"{TEXT}\ufffd{TEXT}\ufffd", "utf-8", 2)


@pytest.mark.parametrize(
    ("read_as", "written_in"), [("latin-1", "utf-8"), ("cp1256", "utf-8"), ("cp1252", "cp1256"), ("latin-1", "cp1256")]
)
def test_one_wrong_reading_is_undone(read_as: str, written_in: str) -> None:
    body = f"<p>{TEXT}</p>".encode(written_in).decode(read_as).encode()
    found = decode(body)
    assert (found.text, found.how) == (f"<p>{TEXT}</p>", "repaired")


def test_codecs_that_are_no_document_encodings_are_ignored() -> None:
    for label in ("idna", "rot13", "punycode", "base64", "unicode_escape", "\x00", "a" * 99):
        assert decode(b"abc \xe9", f"text/html; charset={label}").text == "abc \xe9"


def test_a_false_byte_order_mark_is_not_believed() -> None:
    body = b"\xef\xbb\xbf" + TEXT.encode("cp1256")
    assert TEXT in decode(body).text


@given(
    st.binary(max_size=400),
    st.one_of(st.none(), st.text(max_size=40), st.sampled_from(["charset=utf-16", "charset=hz"])),
)
def test_nothing_makes_it_raise(body: bytes, content_type: str | None) -> None:
    found = decode(body, content_type)
    assert found.replaced == found.text.count("\ufffd") or found.replaced == 0
