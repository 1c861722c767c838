"""Everything that `pipeline.toml` can set, section by section, with its bounds and defaults.

`tasks.configure` reads the file; nothing else reads files or the environment for settings.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from warehouse.place import Lake, Place
from warehouse.records import Source

ENV_PREFIX = "MARSAD_"
Positive = Annotated[float, Field(gt=0)]
Count = Annotated[int, Field(ge=1)]
Backend = Literal["auto", "embedded", "camel", "both"]
_LAKE_KINDS = {"catalog": ("postgresql://", "postgres://"), "data_path": ("s3://",)}


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FeedSettings(_Section):
    url: str
    outlet: str = Field(min_length=1)
    country: str = Field(pattern=r"^[A-Z]{3}$")
    owner: str = ""
    language: str = Field(default="ar", pattern=r"^[a-z]{2,3}$")

    @field_validator("url")
    @classmethod
    def _is_web_address(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")):
            raise ValueError(f'not an http(s) address: "{value}"')
        return value


class PathSettings(_Section):
    warehouse: Path = Path("var/primary.duckdb")
    snapshot: Path = Path("warehouse/marsad.duckdb")
    archive: Path = Path("var/archive")
    prefect_home: Path = Path("var/prefect")


class FetchSettings(_Section):
    contact: str = ""
    connect_seconds: Positive = 10.0
    read_seconds: Positive = 20.0
    total_seconds: Positive = 60.0
    max_bytes: Count = 5 * 1024 * 1024
    max_redirects: int = Field(default=5, ge=0)
    concurrency: Count = 32
    per_host: Count = 2
    host_delay_seconds: float = Field(default=1.0, ge=0)
    obey_robots: bool = True
    allow_private_addresses: bool = False
    ca_file: str = ""
    connect_to: dict[str, str] = Field(default_factory=dict)


class ScheduleSettings(_Section):
    every_minutes: Positive = 5.0
    min_interval_minutes: Positive = 10.0
    max_interval_minutes: Positive = 24 * 60.0
    start_interval_minutes: Positive = 60.0
    jitter: float = Field(default=0.1, ge=0, le=1)
    max_retry_after_hours: Positive = 24.0
    recheck_seconds: float = Field(default=0.0, ge=0)
    sweep_minutes: Positive = 15.0
    maintain_hours: Positive = 24.0


class IngestSettings(_Section):
    languages: tuple[str, ...] = ("ar",)
    feeds_per_batch: Count = 50
    articles_per_batch: Count = 100
    max_entries: Count = 2000
    max_attempts: Count = 5
    feed_text_words: Count = 40
    lease_minutes: Positive = 30.0
    revisit_hours: tuple[Positive, ...] = (24.0, 168.0)

    @field_validator("revisit_hours")
    @classmethod
    def _is_ascending(cls, value: tuple[float, ...]) -> tuple[float, ...]:
        if list(value) != sorted(set(value)):
            raise ValueError(f"hours after the first fetch, ascending, not {list(value)}")
        return value


class ExtractSettings(_Section):
    processes: Count = 2
    seconds: Positive = 20.0
    memory_mb: Count = 1024


class WebSubSettings(_Section):
    callback: str = Field(default="", pattern=r"^(https?://[^\s?#]+)?$")
    listen: str = Field(default="127.0.0.1:8765", pattern=r"^.+:\d{1,5}$")
    lease_days: Positive = 10.0


class EntitySettings(_Section):
    backend: Backend = "auto"


class AnalysisSettings(_Section):
    articles_per_batch: Count = 100
    lexicons: tuple[Path, ...] = ()
    batches_at_once: Count = 1
    cluster: str = Field(default="", pattern=r"^(\w+://.+)?$")


class WarehouseSettings(_Section):
    backend: Literal["duckdb", "ducklake"] = "duckdb"
    catalog: str = "var/catalog.sqlite"
    data_path: str = "var/lake"
    keep_days: Positive = 7.0
    lock_seconds: Positive = 30.0
    publish_every_seconds: float = Field(default=0.0, ge=0)
    # Where the catalogue is configured, for the errors of a server that cannot be reached.
    _origin: str = PrivateAttr(default="")

    @field_validator("catalog", "data_path")
    @classmethod
    def _is_a_known_kind(cls, value: str, info: ValidationInfo) -> str:
        kinds = _LAKE_KINDS[str(info.field_name)]
        if not value or ("://" in value and not value.startswith(kinds)):
            raise ValueError(f"neither a path nor an address that begins with {' or '.join(kinds)}")
        return value


class PrefectSettings(_Section):
    server: str = Field(default="auto", pattern=r"^(auto|none|https?://.+)$")
    host: str = "127.0.0.1"
    port: int = Field(default=4200, ge=1, le=65535)
    poll_seconds: Count = 2
    runs_at_once: Count = 4
    # Prefect beats no faster than that.
    heartbeat_seconds: int = Field(default=30, ge=30)


class Settings(BaseSettings):
    """Everything that can be set, section by section, as `pipeline.toml` names it."""

    model_config: ClassVar[SettingsConfigDict] = SettingsConfigDict(
        env_prefix=ENV_PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True
    )

    paths: PathSettings = PathSettings()
    fetch: FetchSettings = FetchSettings()
    schedule: ScheduleSettings = ScheduleSettings()
    ingest: IngestSettings = IngestSettings()
    websub: WebSubSettings = WebSubSettings()
    extract: ExtractSettings = ExtractSettings()
    entities: EntitySettings = EntitySettings()
    analysis: AnalysisSettings = AnalysisSettings()
    warehouse: WarehouseSettings = WarehouseSettings()
    prefect: PrefectSettings = PrefectSettings()
    feeds: tuple[FeedSettings, ...] = ()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        # The file's values arrive as keyword arguments; the environment must win over them.
        return env_settings, init_settings

    @property
    def lake(self) -> Lake | None:
        """The lake that everything lands in; None where it is native files."""
        one = self.warehouse
        return Lake(one.catalog, one.data_path, one._origin) if one.backend == "ducklake" else None

    @property
    def primary(self) -> Place:
        """What the pipeline writes."""
        return self.lake or self.paths.warehouse

    @property
    def shown(self) -> Place:
        """What people read: the published snapshot, or the lake itself."""
        return self.lake or self.paths.snapshot

    @property
    def sources(self) -> tuple[Source, ...]:
        """The feeds as records of the warehouse."""
        from tasks.domain.articles.urls import feed_id

        return tuple(
            Source(feed_id(feed.url), feed.url, feed.outlet, feed.country, feed.owner, feed.language)
            for feed in self.feeds
        )
