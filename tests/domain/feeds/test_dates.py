"""A date is read to the last digit or not at all."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.domain.feeds.date_words import date_words
from tasks.domain.feeds.dates import infer_day_first, read_date

# (text, what it says in UTC); where only a day is given, midnight.
READ = [
    ("Thu, 18 Jan 2024 10:00:00 +0300", "2024-01-18 07:00:00"),
    ("Thu, 18 Jan 2024 10:00:00 GMT", "2024-01-18 10:00:00"),
    ("18 Jan 2024 10:00 EST", "2024-01-18 15:00:00"),
    ("Thursday, 18-Jan-24 10:00:00 GMT", "2024-01-18 10:00:00"),
    ("Thu Jan 18 10:00:00 2024", "2024-01-18 10:00:00"),
    ("Thu Jan 18 10:00:00 EST 2024", "2024-01-18 15:00:00"),
    ("Thu, 18 Jan 2024 24:00:00 GMT", "2024-01-19 00:00:00"),
    ("Thu, 18 Jan 2024 5:3:1 GMT", "2024-01-18 05:03:01"),
    ("Thu, 18 Jan 2024 10:00:00 GMT+0300 (Arabian Standard Time)", "2024-01-18 07:00:00"),
    ("Thu, 18 Jan 2024 10:00:00 +03", "2024-01-18 07:00:00"),
    ("Thu, 18 Jan 2024 10:00:00 +300", "2024-01-18 07:00:00"),
    ("Thu, 18 Jan 2024 10:00:00 UTC+03:00", "2024-01-18 07:00:00"),
    ("Thu, 18 Jan 2024 10:00:00 +0300 GMT", "2024-01-18 07:00:00"),
    ("Thu, 18 Jan 2024 10:00:00 −0300", "2024-01-18 13:00:00"),
    ("2024-01-18T10:00:00.123+03:00", "2024-01-18 07:00:00"),
    ("2024-01-18T10:00:00-08:00", "2024-01-18 18:00:00"),
    ("2024-01-18t10:00:00z", "2024-01-18 10:00:00"),
    ("2024-01-18T10:00:00+03:00[Asia/Riyadh]", "2024-01-18 07:00:00"),
    ("20240118T100000Z", "2024-01-18 10:00:00"),
    ("2024-W03-4", "2024-01-18 00:00:00"),
    ("2024-018", "2024-01-18 00:00:00"),
    ("1705572000", "2024-01-18 10:00:00"),
    ("1705572000000", "2024-01-18 10:00:00"),
    ("2015/07/22 10:00", "2015-07-22 10:00:00"),
    ("7/22/2015 1:05:00 PM", "2015-07-22 13:05:00"),
    ("22/7/2015 01:05 م", "2015-07-22 13:05:00"),
    ("18/Jan/2024:10:00:00 +0300", "2024-01-18 07:00:00"),
    ("January 18th, 2024 at 10:00 am", "2024-01-18 10:00:00"),
    ("18 janvier 2024 à 10h30", "2024-01-18 10:30:00"),
    ("18.01.2024 10:00", "2024-01-18 10:00:00"),
    ("03.04.2024", "2024-04-03 00:00:00"),
    ("2024年1月18日 10:00", "2024-01-18 10:00:00"),
    ("الأربعاء، 07 أكتوبر 2020 - 12:09 م", "2020-10-07 12:09:00"),
    ("الأربعاء، ٠٧ أكتوبر ٢٠٢٠ - ١٢:٠٩ ص", "2020-10-07 00:09:00"),
    ("12:09 م - 07 أكتوبر 2020", "2020-10-07 12:09:00"),
    ("الخميس 18 كانون الثاني/يناير 2024", "2024-01-18 00:00:00"),
    ("18 يونيو (حزيران) 2024", "2024-06-18 00:00:00"),
    ("18 جويلية 2024", "2024-07-18 00:00:00"),
    ("18 شتنبر 2024 على الساعة 10:30", "2024-09-18 10:30:00"),
    ("18 أوت 2024", "2024-08-18 00:00:00"),
    ("‏الخميس‏، ‏18‏ ‏تشرين الأول‏، ‏2024", "2024-10-18 00:00:00"),
    ("۱۸ ژانویه ۲۰۲۴ ۱۰:۳۰", "2024-01-18 10:30:00"),
    ("الخميس 6 رجب 1445 هـ الموافق 18 يناير 2024 م", "2024-01-18 00:00:00"),
    ("6/7/1445هـ - 18/1/2024م 05:30 مساءً", "2024-01-18 17:30:00"),
    ("آخر تحديث: 18 يناير 2024 الساعة 10:30 بتوقيت غرينتش", "2024-01-18 10:30:00"),
    ("الخميس ١٨ يناير ٢٠٢٤ - ٠٥:٣٠ بتوقيت مكة المكرمة", "2024-01-18 02:30:00"),
    ("الخميس 18 يناير 2024 الساعة 5 مساء", "2024-01-18 17:00:00"),
    ("18 يناير 2024 الساعة 11:30 ظهرا", "2024-01-18 11:30:00"),
    ("18 يناير 2024 الساعة 1:30 ظهرا", "2024-01-18 13:30:00"),
    ("18 يناير 2024 الساعة 12:30 ليلا", "2024-01-18 00:30:00"),
    ("18 يناير 2024 10:30 ليلا", "2024-01-18 22:30:00"),
    ("18 يناير 2024 4 فجرا", "2024-01-18 04:00:00"),
    ("18 Jan 2024 10:00 MEST", "2024-01-18 08:00:00"),
    ("2024/1/18 م", "2024-01-18 00:00:00"),
    ("الأربعاء 03/04/2024", "2024-04-03 00:00:00"),
    ("Monday 03/04/2024 10:00", "2024-03-04 10:00:00"),
]

UNREAD = [
    ("", "empty"),
    ("hello", "no date"),
    ("2024-01", "no date"),
    ("2024", "no date"),
    ("03/04/2024", "day or month first"),
    ("7/8/2015 1:05:00 PM", "day or month first"),
    ("18/01/24", "no date|not understood"),
    ("18 يونيو/تموز 2024", "two months"),
    ("18 يناير 10.30 صباحا", "two digits|no date"),
    ("18 يناير 12 م", "two digits|no date"),
    ("18-20 يناير 2024", "not understood"),
    ("18 يناير", "no date"),
    ("6 رجب 1445 هـ", "another calendar"),
    ("۲۸ دی ۱۴۰۲", "another calendar"),
    ("1445/7/6", "another calendar"),
    ("Thu, 31 Feb 2024 10:00:00 GMT", "no such day"),
    ("2015/22/07 10:00", "no such day"),
    ("Thu, 18 Jan 2024 25:00:00 GMT", "no such time"),
    ("18 Jan 2024 13:30 ص", "no such time"),
    ("Thu, 01 Jan 1970 00:00:00 GMT", "out of range"),
    ("0001-01-01T00:00:00", "out of range"),
    ("published 18 Jan 2024, updated 19 Jan 2024", "more than one date"),
    ("10:00 18 Jan 2024 11:00", "more than one time"),
    ("منذ 3 ساعات", "no date"),
    ("18 Jan 2024 (3 hours ago)", "relative"),
    ("18 Jan 2024 77", "not understood"),
]


@pytest.mark.parametrize(("text", "utc"), READ)
def test_reads(text: str, utc: str) -> None:
    assert read_date(text).when == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@pytest.mark.parametrize(("text", "reason"), UNREAD)
def test_says_why_it_does_not_read(text: str, reason: str) -> None:
    found = read_date(text)
    assert found.when is None
    assert any(part in (found.reason or "") for part in reason.split("|"))


@pytest.mark.parametrize("month", range(1, 13))
def test_every_name_of_every_month(month: int) -> None:
    for name in (name for name, number in date_words().months.items() if number == month):
        for text in (f"18 {name} 2024 10:00 +0000", f"18-{name}-2024 10:00Z", f"الأحد، 18 {name} 2024 10:00 UTC"):
            assert read_date(text).when == datetime(2024, month, 18, 10, tzinfo=UTC), text


def test_a_missing_zone_is_utc_and_said_so() -> None:
    for text, reason in (
        ("2024-01-18 10:00", "no zone: read as UTC"),
        ("Thu, 18 Jan 2024 10:00:00 AST", "unknown zone ast: read as UTC"),
        ("Thu, 18 Jan 2024 10:00:00 +2500", "unknown zone +2500: read as UTC"),
    ):
        found = read_date(text)
        assert (found.when, found.is_zone_assumed, found.reason) == (
            datetime(2024, 1, 18, 10, tzinfo=UTC),
            True,
            reason,
        )
    assert not read_date("2024-01-18 10:00Z").is_zone_assumed
    assert not read_date("2024-01-18").has_time


def test_one_clear_date_settles_its_feed() -> None:
    assert infer_day_first(["03/04/2024", "13/04/2024"]) is True
    assert infer_day_first(["03/04/2024", "4/13/2024 1:00 PM"]) is False
    assert infer_day_first(["03/04/2024"]) is None
    assert infer_day_first(["13/04/2024", "4/13/2024"]) is None
    assert read_date("03/04/2024", day_first=True).when == datetime(2024, 4, 3, tzinfo=UTC)
    assert read_date("03/04/2024", day_first=False).when == datetime(2024, 3, 4, tzinfo=UTC)


@given(st.datetimes(datetime(1981, 1, 1), datetime(2099, 12, 31)), st.integers(-12, 14))
def test_what_software_writes_is_read_back(moment: datetime, offset: int) -> None:
    moment = moment.replace(microsecond=0)
    sign = f"{'-' if offset < 0 else '+'}{abs(offset):02d}"
    for text in (
        f"{moment:%a, %d %b %Y %H:%M:%S} {sign}00",
        f"{moment:%Y-%m-%dT%H:%M:%S}{sign}:00",
        f"{moment:%Y/%m/%d %H:%M:%S} GMT{sign}",
        f"{moment:%A, %B %d, %Y %I:%M:%S %p} {sign}00",
    ):
        found = read_date(text).when
        assert found is not None
        assert (found - moment.replace(tzinfo=UTC)).total_seconds() == -offset * 3600, text


@given(st.text(max_size=60) | st.text("0123456789/-:. +TZمص", max_size=30))
def test_nothing_makes_it_raise(text: str) -> None:
    found = read_date(text)
    assert (found.when is None) <= bool(found.reason)
