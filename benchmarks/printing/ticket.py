"""The ticket of the bench, and printers to print it: one for each way in which Vietnamese goes to paper."""

import tomllib
from pathlib import Path
from typing import Final

from config.model.devices import EscposPrinter, TextStrategy
from config.model.slips import SlipTemplate
from drivers.filling import fill
from drivers.slip import Slip

STRATEGIES: Final[tuple[TextStrategy, ...]] = ("tcvn3", "glyphs", "raster")
_FILE: Final = Path(__file__).with_name("ticket.toml")
_NUMBERED: Final = Path(__file__).with_name("numbered.toml")


def ticket() -> Slip:
    """The slip that is measured."""
    return fill("ticket-of-the-bench", _template(_FILE), {})


def ticket_of(number: str) -> Slip:
    """A slip with its number at both ends."""
    return fill(f"ticket-{number}", _template(_NUMBERED), {"number": number})


def _template(file: Path) -> SlipTemplate:
    return SlipTemplate.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))


def printer(text: TextStrategy, port: int = 9100, paper_mm: int = 80) -> EscposPrinter:
    """A printer of the kind that the simulator is, on this machine."""
    return EscposPrinter.model_validate(
        {
            "kind": "escpos",
            "port": {"wire": "tcp", "host": "127.0.0.1", "port": port},
            "model": f"simulated-{paper_mm}",
            "text": text,
        }
    )
