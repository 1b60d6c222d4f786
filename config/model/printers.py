"""Printer profiles: what each printer model can do with the source of each fact, and what a configured printer can do.

The base is python-escpos's capability database; our own facts in `printers.toml` lie over it. `abilities` merges a
profile with the settings of one printer; on a slow serial line text replaces pictures of text.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from config.model.devices import EscposPrinter, SerialPort, TextStrategy
from config.model.printer_database import listed_facts, listed_models, paper_for, title_of
from config.model.printer_profile import UNKNOWN, CutFeed, Cutter, PaperWidth, PrinterProfile

FAST_BAUD: Final = 115_200
"""Baud rate below which a ticket of pictures takes seconds: about 20 KB, 20 s at 9600."""

_WIDE_PAPER_MM: Final = 70
_WIDE_ROLL_MM: Final = 50_000
_NARROW_ROLL_MM: Final = 15_000  # the usual roll of 57 × 40 mm; that of 57 × 30 has less
_LETTER_WIDTH_DOTS: Final = 12  # font A

_PRINTABLE_DOTS: Final[Mapping[PaperWidth, int]] = {
    PaperWidth.MM_58: 384,
    PaperWidth.MM_60: 432,
    PaperWidth.MM_76: 544,
    PaperWidth.MM_80: 576,
    PaperWidth.MM_82: 608,
}
"""Dots across the paper, unless `width_dots` says otherwise."""


class Abilities(BaseModel):
    """What one configured printer can do: its profile, overridden by the settings of the configuration.

    `text` is how Vietnamese is printed on its line. A pause of `pace_ms` (ms) follows each `pace_bytes` (bytes written);
    0 means no pause. `paper_mm` is the width whose slip templates suit the printer, whatever its roll. `feeds` is whether it
    knows ESC J and ESC d, `motion_units` whether it is given its unit of feed, `keeps_buffer` whether it finishes a slip whole
    that paper or cover stopped.
    """

    model_config = ConfigDict(frozen=True)

    text: TextStrategy
    paper_mm: Literal[58, 80]
    width_dots: int = Field(gt=UNKNOWN)
    dpi: int
    columns: int
    page_lower: int
    page_upper: int
    user_glyphs: bool
    native_qr: bool
    native_code128: bool
    code128_sets: bool
    nv_graphics: bool
    process_id: bool
    automatic_status: bool
    near_end_sensor: bool
    keeps_buffer: bool
    cutter: Cutter
    cut_feed: CutFeed
    feeds: bool
    motion_units: bool
    presenter: bool
    feed_before_cut_dots: int
    pace_bytes: int
    pace_ms: int


def profile_names() -> tuple[str, ...]:
    """Names of our own profiles, in the order of `printers.toml`."""
    return tuple(_tables())


@cache
def model_names() -> tuple[str, ...]:
    """Every name that a configuration may choose: our own profiles, then all models of the database."""
    return tuple(dict.fromkeys((*profile_names(), *listed_models())))


@cache
def printer_profile(name: str) -> PrinterProfile:
    """The facts about a printer chosen by a name of `model_names`; KeyError where the name is unknown.

    A model of the database about which we have facts of our own gets those laid over it.
    """
    tables = _tables()
    if name not in tables:
        named = (own for own, table in tables.items() if table.get("model") == name)
        name = next(named, name)
    facts = _whole(name, tables) if name in tables else _from_database(name)
    return PrinterProfile.model_validate(facts)


@cache
def _tables() -> Mapping[str, dict[str, Any]]:
    source = resources.files("config.model").joinpath("printers.toml").read_text("utf-8")
    return tomllib.loads(source)


def own_facts(name: str, own: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """All facts of a profile of a centre's own file; where it has none, those of the profile named by `like`.

    Without `like` that is ours of the same name, else `generic-80`. KeyError names a profile or model that is not known.
    """
    if name not in own:
        return _whole(name, _tables())
    table = own[name]
    like = table.get("like", name if name in _tables() else "generic-80")
    base = _whole(like, _tables()) if like == name else own_facts(like, own)
    listed = listed_facts(table["model"]) if "model" in table else {}
    return base | listed | table


def _whole(name: str, tables: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """Own facts over those of the database's model, over those of the profile named by `like`."""
    own = tables[name]
    base = _whole(own["like"], tables) if "like" in own else {}
    listed = listed_facts(own["model"]) if "model" in own else {}
    return base | listed | own


def _from_database(model: str) -> dict[str, Any]:
    """Facts about a model of which we know nothing ourselves: what the database lacks is as for any such printer."""
    listed = listed_facts(model)
    is_narrow = listed.get("paper_mm", {}).get("value") == 58
    base = _whole("generic-58" if is_narrow else "generic-80", _tables())
    unknown = {"width_dots": {"value": UNKNOWN, "source": "assumed: not in the list"}}
    return base | unknown | listed | {"title": title_of(model), "model": model}


@cache
def abilities(settings: EscposPrinter) -> Abilities:
    """What the printer of these settings can do; its model and width are known."""
    profile = _profile_of(settings)
    facts: dict[str, Any] = {
        name: getattr(profile, name).value
        for name in Abilities.model_fields
        if name in PrinterProfile.model_fields
    }
    if settings.paper_mm is not None and settings.paper_mm != facts["paper_mm"]:
        dots = _PRINTABLE_DOTS[settings.paper_mm]
        facts |= {"width_dots": dots, "columns": dots // _LETTER_WIDTH_DOTS}
    if settings.width_dots is not None:
        facts["columns"] = min(facts["columns"], settings.width_dots // _LETTER_WIDTH_DOTS)
        facts["width_dots"] = settings.width_dots
    if settings.feed_before_cut_dots is not None:
        facts["cut_feed"] = "host"
    named = set(Abilities.model_fields) - {"paper_mm"}
    configured = settings.model_dump(include=named, exclude_none=True)
    facts["paper_mm"] = paper_for(facts["width_dots"])
    if settings.full_cut and configured.get("cutter", facts["cutter"]) != "none":
        configured["cutter"] = "full"
    lower, upper = profile.tcvn3_pages.value or (30, 31)
    facts = {"page_lower": lower, "page_upper": upper} | facts | configured
    return Abilities.model_validate(facts | {"text": _strategy(settings, profile, facts)})


def roll_mm(settings: EscposPrinter) -> int:
    """Length of a new roll in mm: as configured, else as rolls of this width usually are."""
    if settings.roll_metres is not None:
        return settings.roll_metres * 1000
    return _WIDE_ROLL_MM if abilities(settings).paper_mm >= _WIDE_PAPER_MM else _NARROW_ROLL_MM


def _profile_of(settings: EscposPrinter) -> PrinterProfile:
    """The facts about the printer of these settings: those of the centre's own file, else ours."""
    if settings.facts:
        return PrinterProfile.model_validate_json(settings.facts, strict=True)
    return printer_profile(settings.model)


def is_width_unknown(settings: EscposPrinter) -> bool:
    """Whether neither profile nor configuration knows the print width, without which no slip can be laid out."""
    profile = _profile_of(settings)
    return settings.width_dots is None and profile.width_dots.value == UNKNOWN


def is_slow(settings: EscposPrinter) -> bool:
    """Whether the printer is on a serial line on which pictures of text take seconds."""
    return isinstance(settings.port, SerialPort) and settings.port.baud < FAST_BAUD


def _strategy(
    settings: EscposPrinter, profile: PrinterProfile, facts: Mapping[str, Any]
) -> TextStrategy:
    """Pictures look best and suit every printer; a slow line gets text if the printer is known to have the letters."""
    wanted: TextStrategy = settings.text or "raster"
    if not is_slow(settings) or wanted != "raster":
        return wanted
    if settings.text is None and profile.tcvn3_pages.value:
        return "tcvn3"
    return "glyphs" if facts["user_glyphs"] else "raster"
