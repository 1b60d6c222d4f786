"""Reports that a printer sends unasked: they stand until a newer answer, and a Star printer betrays its mode by them. Pure."""

from drivers.escpos.answers.star import star_status
from drivers.escpos.status import STOPPED, decode_automatic
from drivers.protocols import DeviceStatus

_KEPT = 64


class Unasked:
    """The last automatic status if it stopped the printer; times in seconds of one monotonic clock."""

    def __init__(self) -> None:
        self.trouble: DeviceStatus | None = None
        self.is_star = False
        self._since = 0.0
        self._first = b""
        self._is_escpos = False

    def listen(self, data: bytes) -> None:
        """Look at the first bytes of a printer that has not answered in ESC/POS."""
        if not self._is_escpos:
            self._first = (self._first + data)[-_KEPT:]
            self.is_star = self.is_star or star_status(self._first) is not None

    def take(self, data: bytes, now: float) -> None:
        """The four bytes of automatic status have come."""
        status = decode_automatic(data)
        if status.health not in STOPPED:
            self.trouble = None
        elif self.trouble != status:
            self.trouble, self._since = status, now

    def stands_for(self, seconds: float, now: float) -> bool:
        """Whether the printer reported at least `seconds` ago that it stopped, and nothing since."""
        return self.trouble is not None and now - self._since >= seconds

    def answered(self) -> None:
        """A newer answer has come, and in ESC/POS."""
        self.trouble = None
        self._is_escpos, self.is_star = True, False
