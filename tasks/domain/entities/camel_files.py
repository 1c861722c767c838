"""Where a CAMeL model lies on disk, found by looking, never by importing `camel_tools.data`.

Importing that module downloads a catalogue and believes whatever comes back: the error page of a proxy is stored as
`catalogue.json` and breaks every later import. Here a damaged catalogue is only a finding.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DEFAULT_FOLDER = "ner/arabert"
INSTALL = "camel_data -i ner-arabert"
_WEIGHTS = ("model.safetensors", "pytorch_model.bin")
_NEEDED = ("config.json", "vocab.txt")


@dataclass(frozen=True, slots=True)
class ModelStatus:
    """One backend as found: where, whether it can be used, and if not, why and what to do."""

    backend: str
    is_usable: bool
    path: Path | None
    problem: str = ""
    cure: str = ""


def data_folder(environment: Mapping[str, str], home: Path) -> Path:
    """Say where camel-tools keeps its data: `$CAMELTOOLS_DATA`, else `.camel_tools` in the home folder."""
    return Path(environment.get("CAMELTOOLS_DATA") or home / ".camel_tools")


def find_ner_model(folder: Path) -> ModelStatus:
    """Look below camel-tools' data folder for an installed model of named entities."""
    relative, problem = _component_path(folder / "catalogue.json")
    path = folder / "data" / relative
    missing = _missing(path)
    if not missing:
        return ModelStatus("camel", True, path, problem, _catalogue_cure(folder) if problem else "")
    if not path.is_dir():
        reason = problem or f"no model in {path}"
        return ModelStatus("camel", False, None, reason, f"install one: {INSTALL}")
    return ModelStatus("camel", False, path, f"{path} lacks {', '.join(missing)}", f"delete it and run {INSTALL}")


def _catalogue_cure(folder: Path) -> str:
    return f"delete {folder / 'catalogue.json'}: camel-tools itself cannot start with it"


def _missing(path: Path) -> list[str]:
    missing = [name for name in _NEEDED if not (path / name).is_file()]
    if not any((path / name).is_file() for name in _WEIGHTS):
        missing.append(" or ".join(_WEIGHTS))
    return missing


def _component_path(catalogue: Path) -> tuple[str, str]:
    """Read where the catalogue puts the component; without a readable one, where it lies by default."""
    try:
        component = json.loads(catalogue.read_text(encoding="utf-8"))["components"]["NamedEntityRecognition"]
        return str(component["datasets"][component["default"]]["path"]), ""
    except FileNotFoundError:
        return DEFAULT_FOLDER, ""
    except (OSError, ValueError, KeyError, TypeError) as error:
        return DEFAULT_FOLDER, f"{catalogue} is damaged ({type(error).__name__})"
