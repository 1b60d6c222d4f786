"""Form of a printer profile: what a model of printer can do, each fact with its source."""

from enum import Enum
from typing import Final, Generic, Literal, TypeVar

from pydantic import Field

from config.model.base import Declared

V = TypeVar("V")

UNKNOWN: Final = 0
"""A width that is not known: the configuration must give it."""


class PaperWidth(float, Enum):
    """Widths of paper rolls, in millimetres."""

    MM_58 = 58
    MM_60 = 60
    MM_76 = 76
    MM_80 = 80
    MM_82 = 82.5


Cutter = Literal["full", "partial", "none"]
CutFeed = Literal["printer", "host"]


class Fact(Declared, Generic[V]):
    """Something that a printer can do, with its source."""

    value: V
    source: str = Field(pattern=r"^(manual|measured|list|report|assumed)(: .+)?$")


class PrinterProfile(Declared):
    """What printers of one make can do.

    `model` names the model of the database and `like` the profile from which the facts come that it does not have
    itself; the model's come first. `width_dots` is `UNKNOWN` (0) where the configuration has to give it.
    """

    title: str
    like: str = ""
    model: str = ""
    paper_mm: Fact[PaperWidth]
    dpi: Fact[Literal[180, 203]]
    width_dots: Fact[int]
    columns: Fact[int]
    tcvn3_pages: Fact[tuple[()] | tuple[int, int]]
    user_glyphs: Fact[bool]
    native_qr: Fact[bool]
    native_code128: Fact[bool]
    code128_sets: Fact[bool]
    nv_graphics: Fact[bool]
    process_id: Fact[bool]
    automatic_status: Fact[bool]
    near_end_sensor: Fact[bool]
    keeps_buffer: Fact[bool]
    cutter: Fact[Cutter]
    cut_feed: Fact[CutFeed]
    feeds: Fact[bool]
    motion_units: Fact[bool]
    presenter: Fact[bool]
    feed_before_cut_dots: Fact[int]
    baud: Fact[int]
    pace_bytes: Fact[int]
    pace_ms: Fact[int]
