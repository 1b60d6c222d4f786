"""Ticket printers by name: what each can do and who says so, and what a configured printer can do all told.

The facts stand in `printers.toml` beside this module. `abilities` joins them with the settings of one printer; a slow
serial line decides against pictures of text.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, Final, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from config.model.base import Declared
from config.model.devices import EscposPrinter, SerialPort, TextStrategy

V = TypeVar("V")

FAST_BAUD: Final = 115_200
"""Below it a ticket of pictures takes seconds: about 20 KB, 20 s at 9600."""

_ROLLS: Final[Mapping[int, Mapping[str, int]]] = {
    58: {"width_dots": 384, "columns": 32},
    80: {"width_dots": 576, "columns": 48},
}


class Fact(Declared, Generic[V]):
    """Something that a printer can do, and who says so."""

    value: V
    source: str = Field(pattern=r"^(manual|measured|list|report|assumed)(: .+)?$")


class PrinterProfile(Declared):
    """What printers of one make can do."""

    title: str
    like: str = ""
    paper_mm: Fact[Literal[58, 80]]
    width_dots: Fact[int]
    columns: Fact[int]
    tcvn3_pages: Fact[tuple[()] | tuple[int, int]]
    user_glyphs: Fact[bool]
    native_qr: Fact[bool]
    native_code128: Fact[bool]
    nv_graphics: Fact[bool]
    process_id: Fact[bool]
    automatic_status: Fact[bool]
    near_end_sensor: Fact[bool]
    cutter: Fact[bool]
    feed_before_cut_dots: Fact[int]
    baud: Fact[int]
    pace_bytes: Fact[int]
    pace_ms: Fact[int]


class Abilities(BaseModel):
    """What one configured printer can do: its profile, with what the configuration says otherwise.

    `text` is how Vietnamese is printed on its line. A pause of `pace_ms` follows each `pace_bytes`; 0 is no pause.
    """

    model_config = ConfigDict(frozen=True)

    text: TextStrategy
    paper_mm: Literal[58, 80]
    width_dots: int
    columns: int
    page_lower: int
    page_upper: int
    user_glyphs: bool
    native_qr: bool
    native_code128: bool
    nv_graphics: bool
    process_id: bool
    automatic_status: bool
    near_end_sensor: bool
    cutter: bool
    feed_before_cut_dots: int
    pace_bytes: int
    pace_ms: int


@cache
def printer_profiles() -> Mapping[str, PrinterProfile]:
    """Every profile by its name."""
    source = resources.files("config.model").joinpath("printers.toml").read_text("utf-8")
    tables = tomllib.loads(source)
    return {name: PrinterProfile.model_validate(_whole(name, tables)) for name in tables}


def _whole(name: str, tables: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a profile and, behind them, those of the one that it is like."""
    own: dict[str, Any] = tables[name]
    return _whole(own["like"], tables) | own if "like" in own else own


@cache
def abilities(settings: EscposPrinter) -> Abilities:
    """What the printer of these settings can do; its profile is known."""
    profile = printer_profiles()[settings.profile]
    facts: dict[str, Any] = {
        name: getattr(profile, name).value
        for name in Abilities.model_fields
        if name in PrinterProfile.model_fields
    }
    if settings.paper_mm is not None and settings.paper_mm != facts["paper_mm"]:
        facts |= _ROLLS[settings.paper_mm]
    said = settings.model_dump(include=set(Abilities.model_fields), exclude_none=True)
    lower, upper = profile.tcvn3_pages.value or (30, 31)
    facts = {"page_lower": lower, "page_upper": upper} | facts | said
    return Abilities.model_validate(facts | {"text": _strategy(settings, profile, facts)})


def is_slow(settings: EscposPrinter) -> bool:
    """Whether the printer hangs on a line on which pictures of text take seconds."""
    return isinstance(settings.port, SerialPort) and settings.port.baud < FAST_BAUD


def _strategy(
    settings: EscposPrinter, profile: PrinterProfile, facts: Mapping[str, Any]
) -> TextStrategy:
    """Pictures are best to look at and go to every printer; a slow line takes text where the printer is known for it."""
    wanted: TextStrategy = settings.text or "raster"
    if not is_slow(settings) or wanted != "raster":
        return wanted
    if settings.text is None and profile.tcvn3_pages.value:
        return "tcvn3"
    return "glyphs" if facts["user_glyphs"] else "raster"
