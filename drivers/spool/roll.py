"""Paper left on a roll, calculated from what was printed: for printers without a near-end sensor. Pure."""

from dataclasses import dataclass, replace
from typing import Final

from drivers.escpos.status import PrinterReason
from drivers.protocols import DeviceStatus, Health

DOTS_PER_MM: Final = 8
LOW_MM: Final = 3000
"""About thirty tickets: enough time for a person to come with a roll."""


@dataclass(frozen=True, slots=True)
class Roll:
    """A new roll's length; `has_sensor` is whether the printer itself reports that the end is near."""

    length_mm: int
    has_sensor: bool = False

    def left_mm(self, used_dots: int) -> int:
        """The paper left, at least 0: the roll may be longer than configured."""
        return max(0, self.length_mm - used_dots // DOTS_PER_MM)

    def judged(self, status: DeviceStatus, used_dots: int) -> DeviceStatus:
        """The status with a warning if the roll is calculated to end soon; what the printer reports itself has precedence."""
        low = PrinterReason.PAPER_LOW.value
        if self.has_sensor or status.health is not Health.READY or self.left_mm(used_dots) > LOW_MM:
            return status
        return replace(status, health=Health.WARNING, reasons=(*status.reasons, low))
