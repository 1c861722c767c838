"""The configuration: every mistake at once, each with its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tasks.configure import ConfigurationError, read_settings
from tasks.diagnose import dotted, key_lines, line_of
from warehouse.place import Lake


def problems_of(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "pipeline.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        read_settings(path)
    return [problem.removeprefix(str(tmp_path) + "/") for problem in caught.value.problems]


def test_all_mistakes_are_reported_at_once_with_their_lines(tmp_path: Path) -> None:
    problems = problems_of(
        tmp_path,
        """\
[fetch]
concurency = 4
per_host = 0

[[feeds]]
outlet = "One"
url = "ftp://one.test/rss"
country = "EGY"

[[feeds]]
outlet = "Two"
country = "Egypt"
""",
    )
    assert problems == [
        "pipeline.toml:3: fetch.per_host: Input should be greater than or equal to 1, got 0",
        "pipeline.toml:2: fetch.concurency: unknown key; did you mean concurrency?",
        'pipeline.toml:7: feeds[0].url: not an http(s) address: "ftp://one.test/rss"',
        "pipeline.toml:10: feeds[1].url: is missing",
        "pipeline.toml:12: feeds[1].country: String should match pattern '^[A-Z]{3}$', got 'Egypt'",
    ]


def test_an_unknown_section_is_refused(tmp_path: Path) -> None:
    assert problems_of(tmp_path, "\n[fetsch]\nper_host = 1\n") == [
        "pipeline.toml:2: fetsch: unknown key; did you mean fetch?"
    ]


def test_broken_toml_is_reported_with_its_line(tmp_path: Path) -> None:
    assert problems_of(tmp_path, "[fetch]\nper_host =\n") == ["pipeline.toml:2: not TOML: Invalid value"]


def test_a_missing_file_names_the_cure(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no such file; name another with --config"):
        read_settings(tmp_path / "none.toml")


def test_the_same_feed_twice_is_refused(tmp_path: Path) -> None:
    feed = '[[feeds]]\noutlet = "A"\ncountry = "EGY"\nurl = "https://a.test/rss"\n'
    problems = problems_of(tmp_path, feed + feed.replace("https", "http"))
    assert problems == ["pipeline.toml:8: feeds[1].url: the same feed as feeds[0]; remove one of the two"]


def test_bounds_that_cross_are_refused(tmp_path: Path) -> None:
    problems = problems_of(tmp_path, "[schedule]\nmin_interval_minutes = 90\nmax_interval_minutes = 60\n")
    assert problems == ["pipeline.toml:2: schedule.min_interval_minutes: larger than schedule.max_interval_minutes"]


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "pipeline.toml"
    path.write_text("[fetch]\nper_host = 3\nconcurrency = 5\n", encoding="utf-8")
    monkeypatch.setenv("MARSAD_FETCH__PER_HOST", "7")
    monkeypatch.setenv("MARSAD_FETCH__CONNECT_TO", '{"*.newsroom.test": "127.0.0.1:81"}')
    settings = read_settings(path)
    assert (settings.fetch.per_host, settings.fetch.concurrency) == (7, 5)
    assert settings.fetch.connect_to == {"*.newsroom.test": "127.0.0.1:81"}


def test_a_bad_variable_is_reported_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_FETCH__PER_HOST", "many")
    (problem,) = problems_of(tmp_path, "[fetch]\nper_host = 3\n")
    assert problem.startswith("MARSAD_FETCH__PER_HOST: fetch.per_host: Input should be a valid integer")


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    path = tmp_path / "pipeline.toml"
    path.write_text('[paths]\nwarehouse = "w.duckdb"\n[analysis]\nlexicons = ["mine.toml"]\n', encoding="utf-8")
    settings = read_settings(path)
    assert settings.paths.warehouse == tmp_path / "w.duckdb"
    assert settings.paths.snapshot == tmp_path / "warehouse/marsad.duckdb"
    assert settings.analysis.lexicons == (tmp_path / "mine.toml",)


def test_lines_of_nested_inline_and_dotted_keys() -> None:
    lines = key_lines(
        '''\
top = 1
[a.b]
"quoted key" = 2
long = [
  1,
  2, # [not.a.table]
]
text = """
[nor.this]
x = 3
"""
after.dot = { inline = 1 }
[[rows]]
x = 1
[[rows]]
x = 2
[rows.sub]
y = 3
'''
    )
    assert lines[("a", "b", "quoted key")] == 3
    assert lines[("a", "b", "long")] == 4
    assert lines[("a", "b", "text")] == 8
    assert lines[("a", "b", "after", "dot")] == 12
    assert lines[("rows", 1, "x")] == 16
    assert lines[("rows", 1, "sub", "y")] == 18
    assert not any("nor" in str(path) or "not" in str(path) for path in lines)
    assert line_of(lines, ("a", "b", "after", "dot", "inline")) == 12
    assert line_of(lines, ("nowhere",)) == 1


def test_a_path_is_written_as_people_write_it() -> None:
    assert dotted(("feeds", 3, "url")) == "feeds[3].url"


def test_the_shipped_configuration_has_the_defaults_it_states() -> None:
    from tasks.settings import Settings

    shipped = read_settings(Path(__file__).parents[2] / "pipeline.toml")
    for name in Settings.model_fields.keys() - {"feeds", "paths"}:
        assert getattr(shipped, name) == getattr(Settings(), name), name
    order = [(feed.country, feed.outlet.lower()) for feed in shipped.feeds]
    assert order == sorted(order)


def test_a_file_without_certificates_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("none here", encoding="utf-8")
    for name in ("ca.pem", "missing.pem"):
        (problem,) = problems_of(tmp_path, f'[fetch]\nca_file = "{name}"\n')
        assert problem.startswith(f"pipeline.toml:2: fetch.ca_file: {tmp_path / name} holds no certificates")


def test_the_callback_of_hubs_is_an_address(tmp_path: Path) -> None:
    problems = problems_of(tmp_path, '[websub]\ncallback = "me.example/push"\nlisten = "8765"\n')
    assert [problem.partition(": ")[0] for problem in problems] == ["pipeline.toml:2", "pipeline.toml:3"]


LAKE = '[warehouse]\nbackend = "ducklake"\ncatalog = "{catalog}"\ndata_path = "{data}"\n'


def test_a_lake_is_relative_to_the_file_and_its_server_is_not(tmp_path: Path) -> None:
    path = tmp_path / "pipeline.toml"
    path.write_text(LAKE.format(catalog="lake.sqlite", data="lake"), encoding="utf-8")
    settings = read_settings(path)
    assert settings.primary == settings.shown == Lake(str(tmp_path / "lake.sqlite"), str(tmp_path / "lake"))
    address = "postgresql://marsad:secret@db.test/marsad"
    path.write_text(LAKE.format(catalog=address, data="s3://bucket/news"), encoding="utf-8")
    lake = read_settings(path).lake
    assert lake == Lake(address, "s3://bucket/news") and lake is not None
    assert lake.origin == f"{path}:3: warehouse.catalog" and "secret" not in str(lake)


@pytest.mark.parametrize(
    ("catalog", "data", "problem"),
    [
        ("mysql://x", "d", "3: warehouse.catalog: neither a path nor an address that begins with postgresql://"),
        ("", "d", "3: warehouse.catalog: neither a path"),
        ("c", "ftp://x", "4: warehouse.data_path: neither a path nor an address that begins with s3://"),
        (".", "d", "3: warehouse.catalog: {here} is a folder"),
        ("news.txt", "d", "3: warehouse.catalog: {here}/news.txt is no SQLite file"),
        ("news.txt/c", "d", "3: warehouse.catalog: {here}/news.txt is no folder"),
        ("c", "news.txt", "4: warehouse.data_path: {here}/news.txt is no folder"),
    ],
)
def test_a_lake_that_cannot_be_is_refused_by_line(tmp_path: Path, catalog: str, data: str, problem: str) -> None:
    (tmp_path / "news.txt").write_text("some news, but no database", encoding="utf-8")
    (found,) = problems_of(tmp_path, LAKE.format(catalog=catalog, data=data))
    assert found.startswith(f"pipeline.toml:{problem.format(here=tmp_path)}")
