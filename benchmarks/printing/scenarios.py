"""Scenarios of the matrix of printing, and the verdict on what came out: printers, faults, wires, texts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final, Literal

from benchmarks.printing.pieces import Piece
from drivers.protocols import PrintOutcome

Wire = Literal["tcp", "bare", "handshake", "cups"]
WIRES: Final[tuple[Wire, ...]] = ("tcp", "bare", "handshake", "cups")
"""A network, a serial line without handshake (the configuration's default) and with one, a queue of CUPS."""

NUMBERS: Final = ("B025", "B026", "B027")
"""The ticket that meets the fault, and the two behind it."""

Texts = Literal["tcvn3", "raster"]
TEXTS: Final[tuple[Texts, ...]] = ("tcvn3", "raster")

EVENTS: Final = (
    "silent",
    "slow:40",
    "late:700",
    "near-end",
    "paper-out",
    "out-at:150",
    "out-at:300",
    "cover-open",
    "cover-at:300",
    "cutter",
    "head-hot",
    "broken",
    "power-cycle",
    "power-cycle-at:150",
    "power-cycle-at:420",
    "power-off-at:200",
    "rst-after:300",
    "rst-after:4000",
    "accept-never-read",
    "second-client:400",
    "no-process-id",
    "wrong-id",
    "stale-status",
    "noise:4",
    "rubbish",
    "usb-moves:300",
)
"""What happens while the first ticket is printed, and is mended before the second."""

TRAITS: Final[Mapping[tuple[str, ...], Mapping[str, object]]] = {
    ("unknown-as-text",): {"process_id": False},
    ("unknown-as-text", "cut-at-line-start"): {"process_id": False},
    ("cut-at-line-start",): {},
    ("no-queue-status",): {},
    ("no-queue-status", "no-process-id"): {},
    ("no-status",): {},
    ("one-way",): {"one_way": True},
    ("half-units",): {},
    ("cutter-at:112",): {},
    ("half-units", "cutter-at:112"): {},
    ("slot-sensor",): {},
    ("presenter",): {"presenter": True},
    ("columns:42",): {"columns": 42},
    ("dots:512",): {"width_dots": 512},
    ("columns:42", "dots:512"): {"columns": 42, "width_dots": 512},
    ("full-cut",): {"full_cut": True},
    ("partial",): {},
    ("late:400",): {},
    ("loses-buffer",): {},
}
"""Printers that are built so, with the settings that a technician gives them."""

BOTH: Final = (
    ("loses-buffer", "out-at:300"),
    ("loses-buffer:3000", "cover-at:300"),
    ("no-queue-status", "out-at:300"),
    ("no-queue-status", "power-cycle-at:300"),
    ("no-process-id", "power-cycle-at:300"),
    ("no-status", "out-at:300"),
    ("one-way", "out-at:300"),
    ("half-units", "power-cycle-at:300"),
    ("cutter-at:112", "cover-at:300"),
    ("slot-sensor", "out-at:300"),
    ("late:400", "out-at:300"),
)
"""A trait and an event on the same printer."""

_ON_A_NETWORK: Final = ("rst-", "second-client")
_ON_A_LINE: Final = ("usb-moves",)
_AT: Final = ("-at:", "rst-after")

KINDS: Final[tuple[tuple[str, ...], ...]] = (
    (),
    ("no-process-id",),
    ("no-queue-status",),
    ("no-status",),
    ("one-way",),
    ("half-units", "cutter-at:112"),
    ("cut-at-line-start",),
    ("slot-sensor",),
    ("presenter",),
    ("columns:42", "dots:512"),
)
"""Printers that print many slips without any trouble."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One printer and what happens to it: `traits` how it is built, `event` what comes about within the first ticket."""

    traits: tuple[str, ...]
    event: str
    wire: Wire
    text: Texts

    @property
    def is_blind(self) -> bool:
        """Whether nothing comes back by which a lost power could be known."""
        return self.wire == "cups" or "one-way" in self.traits


@dataclass(frozen=True, slots=True)
class PaperVerdict:
    """What was reported last of each number, and the pieces of paper."""

    scenario: Scenario
    outcomes: Mapping[str, str]
    pieces: Sequence[Piece]

    @property
    def shared(self) -> int:
        """Pieces with two numbers."""
        return sum(piece.is_shared for piece in self.pieces)

    @property
    def untrue(self) -> tuple[str, ...]:
        """Numbers reported as printed that are not whole on a paper of their own, or as failed that are on paper."""
        return tuple(number for number in NUMBERS if not self._is_true(number))

    @property
    def missing(self) -> tuple[str, ...]:
        """Numbers after the fault that are nowhere whole."""
        return tuple(n for n in NUMBERS[1:] if not any(n in piece.whole for piece in self.pieces))

    @property
    def doubled(self) -> tuple[str, ...]:
        """Numbers that are whole on two papers."""
        return tuple(n for n in NUMBERS if sum(n in piece.whole for piece in self.pieces) > 1)

    @property
    def is_good(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.shared or self.untrue or self.missing or self.doubled)

    def _is_true(self, number: str) -> bool:
        own = [piece for piece in self.pieces if number in piece.seen]
        outcome = self.outcomes.get(number)
        if outcome == PrintOutcome.PRINTED:
            return any(number in piece.whole and not piece.is_shared for piece in own)
        return not own if outcome == PrintOutcome.FAILED else outcome is not None


def scenarios(texts: Sequence[Texts] = TEXTS) -> Iterator[Scenario]:
    """Every event, every trait and both, over every wire on which they can come about."""
    made = [
        *(((), event) for event in EVENTS),
        *((traits, "") for traits in TRAITS),
        *(((trait,), event) for trait, event in BOTH),
    ]
    for (traits, event), wire, text in product(made, WIRES, texts):
        if can_happen(event, wire):
            yield Scenario(traits, event, wire, text)


def can_happen(event: str, wire: Wire) -> bool:
    """Whether this wire knows the event."""
    is_network = wire in {"tcp", "cups"}
    return not event.startswith(_ON_A_LINE if is_network else _ON_A_NETWORK)
