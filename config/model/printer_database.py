"""Reader of python-escpos's capability database: what the community's list knows about each printer model.

Only the JSON file is read (about 1 ms, cached). The package is not imported, because `escpos.capabilities` takes 0.4 s
of CPU, calls `logging.basicConfig` and writes a pickle into a new temporary folder.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

LIBRARY: Final = "escpos"

NARROW_DOTS: Final = 450
"""Below this width (dots) a printer takes the slips of 58 mm paper."""

_FEATURES: Final = {
    "native_qr": "qrCode",
    "native_code128": "barcodeB",
    "nv_graphics": "graphics",
}
_RESOLUTIONS: Final = (180, 203)
_VIETNAMESE_PAGES: Final = ("TCVN-3-1", "TCVN-3-2")


@cache
def database() -> Mapping[str, Any]:
    """The whole database, parsed: `profiles` by model, and the `encodings` that their code pages name."""
    spec = find_spec(LIBRARY)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("python-escpos is not installed", name=LIBRARY)
    file = Path(spec.submodule_search_locations[0], "capabilities.json")
    parsed: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return parsed


def listed_models() -> tuple[str, ...]:
    """Names of all models in the database."""
    return tuple(database()["profiles"])


def title_of(model: str) -> str:
    """Maker and name of a model, for people."""
    entry = database()["profiles"][model]
    maker, name = entry["vendor"], entry["name"]
    return name if name.startswith(maker) else f"{maker} {name}"


def listed_facts(model: str) -> dict[str, dict[str, Any]]:
    """The facts about a model in the form of `printers.toml`; a width that the database lacks is left out."""
    entry = database()["profiles"][model]
    values: dict[str, Any] = {key: entry["features"][name] for key, name in _FEATURES.items()}
    values["cutter"] = _cutter(entry["features"])
    values["columns"] = entry["fonts"]["0"]["columns"]
    values["tcvn3_pages"] = _vietnamese_pages(entry["codePages"])
    facts = {key: {"value": value, "source": f"list: {model}"} for key, value in values.items()}
    width = entry["media"]["width"].get("pixels")
    if isinstance(width, int):
        facts["width_dots"] = {"value": width, "source": f"list: {model}"}
        source = "assumed: from the width in dots"
        facts["paper_mm"] = {"value": paper_for(width), "source": source}
    if entry["media"].get("dpi") in _RESOLUTIONS:
        facts["dpi"] = {"value": entry["media"]["dpi"], "source": f"list: {model}"}
    return facts


def _cutter(features: Mapping[str, bool]) -> str:
    """A cut that leaves a bridge where there is a choice: the slip does not fall to the ground."""
    if features["paperPartCut"]:
        return "partial"
    return "full" if features["paperFullCut"] else "none"


def paper_for(width_dots: int) -> int:
    """Paper width (mm) whose slips suit a print width (dots)."""
    return 58 if width_dots < NARROW_DOTS else 80


def _vietnamese_pages(pages: Mapping[str, str]) -> tuple[int, ...]:
    """ESC t numbers of the pages of small letters and capitals; empty unless the model has both."""
    numbers = {name: int(number) for number, name in pages.items()}
    found = tuple(numbers[name] for name in _VIETNAMESE_PAGES if name in numbers)
    return found if len(found) == len(_VIETNAMESE_PAGES) else ()
