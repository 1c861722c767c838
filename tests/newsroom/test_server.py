"""The newsroom's manners on the wire, asked by a real client."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import httpx
import pytest

from examples.newsroom import Newsroom
from examples.newsroom.content import Route
from tests.newsroom.conftest import NOW


def test_validators_sent_back_give_304_and_no_body(open_room: Newsroom, client: httpx.Client) -> None:
    url = open_room.url("/diffa/rss.xml")
    first = client.get(url)
    tag, changed = first.headers["etag"], first.headers["last-modified"]
    for validator in ({"If-None-Match": tag}, {"If-Modified-Since": changed}):
        again = client.get(url, headers=validator)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
    assert client.get(url, headers={"If-None-Match": '"other"'}).status_code == 200


def test_an_odd_last_modified_matches_only_byte_for_byte(open_room: Newsroom, client: httpx.Client) -> None:
    url = open_room.url("/sindyan/feed")
    odd = client.get(url).headers["last-modified"]
    assert odd.endswith("+0000 (UTC)")
    assert client.get(url, headers={"If-Modified-Since": odd}).status_code == 304
    assert client.get(url, headers={"If-Modified-Since": odd.replace("+0000 (UTC)", "GMT")}).status_code == 200


def test_feeds_differ_in_their_validators(open_room: Newsroom, client: httpx.Client) -> None:
    assert client.get(open_room.url("/marsa/atom.xml")).headers["etag"].startswith('W/"')
    bare = client.get(open_room.url("/tifawt/rss.xml")).headers
    assert "etag" not in bare
    assert "last-modified" not in bare


def test_a_frozen_etag_hides_a_new_article(room: Newsroom, client: httpx.Client) -> None:
    url = room.url("/barzakh/frozen.xml")
    before = client.get(url)
    room.publish("barzakh", "عنوان جديد تماما", ["نص قصير."])
    after = client.get(url)
    assert before.headers["etag"] == after.headers["etag"]
    assert before.content != after.content


def test_gzip_only_for_those_who_take_it(open_room: Newsroom, client: httpx.Client) -> None:
    url = open_room.url("/diffa/rss.xml")
    packed = client.get(url, headers={"Accept-Encoding": "gzip"})
    plain = client.get(url, headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content


def test_head_has_the_headers_and_nothing_else(open_room: Newsroom, client: httpx.Client) -> None:
    url = open_room.url("/diffa/rss.xml")
    plain = {"Accept-Encoding": "identity"}
    head, got = client.head(url, headers=plain), client.get(url, headers=plain)
    assert head.content == b""
    assert head.headers["content-length"] == str(len(got.content))


@pytest.mark.parametrize(
    ("path", "status", "location"),
    [
        ("/sindyan/rss.xml", 301, "/sindyan/feed"),
        ("/bosfor/ar/rss", 302, "/bosfor/ar/atom"),
        ("/diffa/to-file", 302, "file:///etc/passwd"),
        ("/tifawt/old.xml", 410, None),
        ("/diffa/news/dead", 404, None),
        ("/nakhil/unavailable.xml", 503, None),
        ("/no/such/outlet", 404, None),
        ("/", 404, None),
    ],
)
def test_status_and_location(
    open_room: Newsroom, client: httpx.Client, path: str, status: int, location: str | None
) -> None:
    response = client.get(open_room.url(path))
    assert (response.status_code, response.headers.get("location")) == (status, location)


def test_a_moved_article_is_found_after_a_301_and_a_302(open_room: Newsroom, client: httpx.Client) -> None:
    response = client.get(open_room.url("/marsa/moved/2018"), follow_redirects=True)
    assert [step.status_code for step in response.history] == [301, 302]
    assert str(response.url) == open_room.article_url("marsa-moved")


def test_rate_limits_name_seconds_or_a_date_and_say_nothing_else(open_room: Newsroom, client: httpx.Client) -> None:
    seconds = client.get(open_room.url("/volga/limited.xml"))
    date = client.get(open_room.url("/volga/limited-date.xml"))
    assert (seconds.status_code, seconds.headers["retry-after"], seconds.content) == (429, "120", b"")
    assert date.headers["date"] == "Sun, 01 Mar 2026 12:00:00 GMT"
    assert (date.status_code, date.headers["retry-after"]) == (429, "Sun, 01 Mar 2026 13:30:00 GMT")


def test_the_gate_of_a_delivery_network(open_room: Newsroom, client: httpx.Client) -> None:
    response = client.get(open_room.url("/bosfor/guarded.xml"))
    assert (response.status_code, response.headers["cf-mitigated"]) == (403, "challenge")


def test_slow_pages_are_slower_than_a_patient_client(open_room: Newsroom, client: httpx.Client) -> None:
    with pytest.raises(httpx.ReadTimeout):
        client.get(open_room.url("/diffa/slow"), timeout=0.3)


def test_a_dripping_page_never_ends_but_always_goes_on(room: Newsroom, client: httpx.Client) -> None:
    room.set_route(Route("/diffa/drops", status=200, file="404.html", drip=0.2))
    assert "غير موجودة" in client.get(room.url("/diffa/drops")).text


def test_a_bomb_is_small_on_the_wire(open_room: Newsroom, client: httpx.Client) -> None:
    with client.stream("GET", open_room.url("/diffa/bomb")) as response:
        assert int(response.headers["content-length"]) < 100_000
        assert sum(map(len, response.iter_bytes())) == 50_000_000


def test_half_an_answer_is_an_error_of_the_line(open_room: Newsroom, client: httpx.Client) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        client.get(open_room.url("/diffa/half"))


def test_a_redirect_that_leads_to_itself(open_room: Newsroom, client: httpx.Client) -> None:
    with pytest.raises(httpx.TooManyRedirects):
        client.get(open_room.url("/diffa/loop"), follow_redirects=True)


def test_the_log_says_who_asked_for_what_and_how(room: Newsroom, client: httpx.Client) -> None:
    client.get(room.url("/diffa/rss.xml?x=1"), headers={"User-Agent": "someone", "If-None-Match": '"a"'})
    client.get(room.url("/diffa/news/dead"))
    first, second = room.requests
    assert (first.method, first.path, first.target) == ("GET", "/diffa/rss.xml", "/diffa/rss.xml?x=1")
    assert (first.user_agent, first.is_conditional, first.at, first.outlet) == ("someone", True, NOW, "diffa")
    assert (second.status, second.is_conditional, second.concurrent) == (404, False, 1)
    room.forget()
    assert room.requests == ()


def test_the_log_counts_requests_in_progress_by_outlet(room: Newsroom, client: httpx.Client) -> None:
    room.set_route(Route("/diffa/wait", status=200, file="404.html", delay=0.5))
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(client.get, [room.url("/diffa/wait")] * 3))
    assert max(request.concurrent for request in room.requests) > 1
    # An answer arrives a moment before the server counts its request as ended.
    for _ in range(50):
        client.get(room.url("/diffa/news/dead"))
        if room.requests[-1].concurrent == 1:
            break
    assert room.requests[-1].concurrent == 1


def test_a_published_article_is_in_every_feed_at_once(room: Newsroom, client: httpx.Client) -> None:
    article = room.publish("diffa", "مصر تتسلم زورقين", ["تسلمت مصر زورقين من إيطاليا.", "ولم تذكر تفاصيل."])
    feed, page = client.get(room.url("/diffa/rss.xml")), client.get(room.article_url(article.key))
    assert feed.text.index(article.title) < feed.text.index("مناورات بحرية")
    assert feed.headers["last-modified"] == "Sun, 01 Mar 2026 12:00:00 GMT"
    assert all(paragraph in page.text for paragraph in article.paragraphs)


def test_an_updated_article_keeps_its_address_and_loses_its_etag(room: Newsroom, client: httpx.Client) -> None:
    url = room.article_url("diffa-updated")
    before = client.get(url)
    room.update("diffa-updated", paragraphs=["نص آخر."], modified=NOW + timedelta(hours=1))
    after = client.get(url, headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200
    assert after.headers["last-modified"] == "Sun, 01 Mar 2026 13:00:00 GMT"
    assert "نص آخر." in after.text


def test_the_declared_second_version(room: Newsroom, client: httpx.Client) -> None:
    revised = room.revise("diffa-updated")
    page = client.get(room.article_url("diffa-updated")).text
    assert revised.title in page
    assert '"dateModified":"2024-10-03T17:40:00+02:00"' in page


def test_a_withdrawn_article_stays_in_the_feed(room: Newsroom, client: httpx.Client) -> None:
    room.withdraw("midad-dev-c-23", 410)
    assert client.get(room.article_url("midad-dev-c-23")).status_code == 410
    assert room.site.article("midad-dev-c-23").title in client.get(room.url("/midad/rss.xml")).content.decode(
        "windows-1256"
    )
    assert client.get(room.article_url("midad-dev-c-26")).status_code == 200


def test_a_failure_lasts_as_long_as_was_said(room: Newsroom, client: httpx.Client) -> None:
    room.fail("/diffa/rss.xml", 503, retry_after=5, times=2)
    answers = [client.get(room.url("/diffa/rss.xml")) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [503, 503, 200]
    assert answers[0].headers["retry-after"] == "5"
    room.fail("/diffa/rss.xml", 500)
    room.heal("/diffa/rss.xml")
    assert client.get(room.url("/diffa/rss.xml")).status_code == 200


def test_each_outlet_can_have_an_address_of_its_own(client: httpx.Client) -> None:
    with Newsroom.start(spread=True) as room:
        urls = [room.url(f"/{slug}/") for slug in room.site.outlets]
        hosts = {httpx.URL(url).host for url in urls}
        feed = client.get(room.url("/diffa/rss.xml")).text
        robots = client.get(room.base("diffa") + "/robots.txt").text
        assert len(hosts) == len(urls)
        assert room.base("diffa") + "/diffa/news/" in feed
        assert "Crawl-delay: 0.5" in robots
        assert f"Sitemap: {room.base('diffa')}/diffa/sitemap.xml" in robots


def test_a_host_named_after_an_outlet_is_its_own(open_room: Newsroom, client: httpx.Client) -> None:
    def get(path: str) -> str:
        return client.get(open_room.base() + path, headers={"Host": "sindyan.newsroom.test"}).text

    assert get("/robots.txt").count("Disallow") == 1
    assert "<title>وكالة سنديان للأنباء |" in get("/")
    assert get("/feed") == get("/sindyan/feed")
    assert "<link>http://sindyan.newsroom.test/sindyan/article/" in get("/feed")


def test_the_mobile_host_serves_twins_of_the_main_one(open_room: Newsroom, client: httpx.Client) -> None:
    def get(path: str, host: str) -> str:
        return client.get(open_room.base() + path, headers={"Host": host}).text

    link = get("/mobile-host.xml", "diffa.newsroom.test").split("<link>")[2].split("<")[0]
    assert link.startswith("http://m.diffa.newsroom.test/diffa/news/")
    page = get(httpx.URL(link).path, "m.diffa.newsroom.test")
    assert "نسخة المحمول" in page
    assert f'<link rel="canonical" href="{link.replace("//m.", "//")}">' in page
    assert "//m." not in get("/diffa/mobile-host.xml", "127.0.0.1:80").split("<item>")[1]


def test_one_roof_has_one_robots_txt(open_room: Newsroom, client: httpx.Client) -> None:
    text = client.get(open_room.base() + "/robots.txt").text
    assert text.count("User-agent") == 1
    assert "Disallow: /diffa/private/" in text
    assert "Disallow: /tifawt/search" in text


def test_orders_over_the_wire(room: Newsroom, client: httpx.Client) -> None:
    order = {"outlet": "diffa", "title": "عنوان من بعيد", "paragraphs": ["فقرة أولى.", "فقرة ثانية."]}
    answer = client.post(room.url("/-/publish"), json=order).json()
    assert "فقرة ثانية." in client.get(answer["url"]).text
    client.post(room.url("/-/revise"), json={"key": "diffa-updated"})
    assert "بمشاركة قبرص" in client.get(room.article_url("diffa-updated")).text
    client.post(room.url("/-/withdraw"), json={"key": answer["key"], "status": 410})
    assert client.get(answer["url"]).status_code == 410
    client.post(room.url("/-/route"), json={"path": "/diffa/rss.xml", "status": 503})
    assert client.get(room.url("/diffa/rss.xml")).status_code == 503
    client.post(room.url("/-/heal"), json={"path": "/diffa/rss.xml"})
    assert client.get(room.url("/diffa/rss.xml")).status_code == 200


@pytest.mark.parametrize(
    ("action", "body", "status", "message"),
    [
        ("burn", b"{}", 404, "there are heal, publish"),
        ("publish", b"{", 400, "JSONDecodeError"),
        ("publish", b'{"outlet": "diffa"}', 400, "'title' and 'paragraphs'"),
        ("revise", b'{"key": "nobody"}', 400, "nobody"),
    ],
)
def test_wrong_orders_are_explained(
    room: Newsroom, client: httpx.Client, action: str, body: bytes, status: int, message: str
) -> None:
    answer = client.post(room.url(f"/-/{action}"), content=body)
    assert answer.status_code == status
    assert message in answer.json()["error"]
