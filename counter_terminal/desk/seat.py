"""Sign-in of an officer: a name is chosen, the officer is authenticated by PIN where the centre asks for one, then takes the counter."""

from datetime import datetime
from typing import Final

from counter_terminal.desk.events import Prove
from counter_terminal.desk.screens import PinScreen, SignInScreen, Strip
from counter_terminal.desk.setup import DeskSetup, Named
from hub.messages import Answer, ErrorBody, WireError
from service_floor.vietnamese.formats import clock

PIN_DIGITS: Final = range(6, 13)
"""How long a PIN may be, as the hub sets them."""
_IN_VAIN: Final = frozenset({WireError.LOCKED, WireError.PIN_NOT_SET})


class Seat:
    """The sign-in of one desk. It keeps no PIN: what was typed goes into one intent and nowhere else.

    `proving` while the hub checks a PIN; `taking_over` while a colleague of the officer at work signs in.
    """

    def __init__(self, setup: DeskSetup) -> None:
        self._setup = setup
        self._sentences = setup.sentences
        self._chosen: Named | None = None
        self._notice = ""
        self._can_type = True
        self.proving = False
        self.taking_over = False

    def choose(self, officer: str) -> None:
        """An officer wants to sign in: the PIN is asked for."""
        found = (one for one in self._setup.officers if one.id == officer)
        self._chosen = next(found, None)
        self._notice, self._can_type = "", True

    def enter(self, pin: str, up: bool) -> tuple[Prove, ...]:
        """The chosen officer has typed a PIN; `up` is whether the hub can be asked."""
        if self._chosen is None or self.proving or not self._can_type or not up:
            return ()
        if not (pin.isascii() and pin.isdecimal() and len(pin) in PIN_DIGITS):
            self._notice = self._sentences.say("sign_in.pin_digits")
            return ()
        self._notice, self.proving = "", True
        return (Prove(self._chosen.id, pin),)

    def take(self, answer: Answer) -> str | None:
        """The answer to a PIN; returns the officer who may sign in now, if any."""
        self.proving = False
        if answer.ok and self._chosen is not None:
            return self._chosen.id
        if answer.error is not None:
            self._notice = self._refusal(answer.error)
            self._can_type = answer.error.code not in _IN_VAIN
        return None

    def back(self) -> None:
        """One step back: from the PIN to the list, from the list to the desk."""
        if self._chosen is None:
            self.taking_over = False
        self._chosen, self._notice = None, ""

    def clear(self) -> None:
        """An officer has signed in, or the one at work has signed out."""
        self._chosen, self._notice, self.taking_over = None, "", False

    def refused(self) -> None:
        """The hub refused the sign-in: another officer may be chosen."""
        self._chosen, self._notice = None, ""

    def screen(self, strip: Strip, notice: str, busy: bool) -> SignInScreen | PinScreen:
        """The list of officers, or the PIN of the one who was chosen."""
        over = self._sentences.say("sign_in.takes_over", officer=strip.officer)
        takes_over = over if strip.officer else ""
        if self._chosen is None:
            return SignInScreen(
                strip, self._setup.officers, notice, busy, takes_over, self.taking_over
            )
        up = strip.connected
        shown_notice = self._notice or notice if up else self._sentences.say("refusal.no_line")
        return PinScreen(
            strip, self._chosen, shown_notice, busy, takes_over, self._can_type and up and not busy
        )

    def _refusal(self, error: ErrorBody) -> str:
        data = dict(error.data)
        if error.code == WireError.LOCKED and data.get("until"):
            data["until"] = clock(datetime.fromisoformat(str(data["until"])))
        return self._sentences.say_code("refusal", error.code, data)
