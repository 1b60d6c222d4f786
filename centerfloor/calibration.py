"""Stored printer calibration: what a technician found with the calibration ticket, kept in the state folder of its
program.

It is valid for the settings that it was made for: if the configuration has changed them since, it is ignored.
"""

import json
import logging
import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from config.model.devices import EscposPrinter
from config.model.programs import Kiosk
from drivers.escpos.calibration import TAUGHT, Candidate

_TEXT = {"text", "user_glyphs", "page_lower", "page_upper"}
_ABILITIES = {
    "width_dots",
    "columns",
    "process_id",
    "automatic_status",
    "motion_units",
    "code128_sets",
    "native_qr",
    "cutter",
    "cut_feed",
    "one_way",
}
_MADE_FOR = {"profile", "text", "page_lower", "page_upper"}

log = logging.getLogger("kiosk")


def calibrated(kiosk: Kiosk, state: Path) -> Kiosk:
    """The kiosk with its printer as it was calibrated, if it was."""
    found = _read(_file(kiosk.name, state))
    if kiosk.printer is None or found is None:
        return kiosk
    if found.pop("made_for", None) != _settings(kiosk.printer):
        log.warning("the printer's settings changed since it was calibrated: calibrate it again")
        return kiosk
    # What the configuration gives outweighs the trial ticket; the text was calibrated for its settings.
    given = kiosk.printer.model_dump()
    found = {key: value for key, value in found.items() if key in _TEXT or not given[key]}
    printer = EscposPrinter.model_validate(given | found)
    log.info("printer as calibrated: %s", found)
    return kiosk.model_copy(update={"printer": printer})


def settings_of(candidate: Candidate | None) -> dict[str, str | int]:
    """The settings that follow from the line that reads right; pictures if none does."""
    if candidate is None:
        return {"text": "raster"}
    if candidate.pages is None:
        return {"text": TAUGHT, "user_glyphs": True}
    lower, upper = candidate.pages
    return {"text": "tcvn3", "page_lower": lower, "page_upper": upper}


def save_calibration(
    kiosk: Kiosk, state: Path, settings: dict[str, str | int], now: datetime
) -> Path:
    """Write the settings beside earlier ones into the kiosk's state folder, where `calibrated` reads them at its next start."""
    assert kiosk.printer is not None
    file = _file(kiosk.name, state)
    head = f"# centerfloor printer calibrate, {now:%Y-%m-%d %H:%M}. Without this file the configuration alone counts.\n"
    made_for = _settings(kiosk.printer)
    earlier = _read(file) or {}
    kept = earlier if earlier.pop("made_for", None) == made_for else {}
    values = as_toml(kept | settings | {"made_for": made_for})
    fresh = file.with_suffix(".new")
    fresh.write_text(head + values, encoding="utf-8")
    fresh.replace(file)
    return file


def as_toml(settings: dict[str, str | int]) -> str:
    """The settings as lines for a configuration."""
    return "".join(f"{key} = {json.dumps(value)}\n" for key, value in settings.items())


def _file(device: str, state: Path) -> Path:
    return state / f"{device}.calibration.toml"


def _settings(printer: EscposPrinter) -> str:
    return json.dumps(printer.model_dump(include=_MADE_FOR), sort_keys=True)


def _read(file: Path) -> dict[str, Any] | None:
    """Parse what was stored; a file that cannot be parsed is ignored with a warning in the log."""
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as problem:
        log.warning("%s cannot be read and is left aside: %s", file, problem)
        return None
    known = _TEXT | _ABILITIES | {"made_for"}
    return {key: value for key, value in found.items() if key in known}
