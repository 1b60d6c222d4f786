"""Contents of a counter sign for the state of its counter. Pure. LED letters have no accents."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from drivers.protocols import SignState
from hub.messages import CallView, CounterView
from plumbing.sentences import Sentences

BLINK = timedelta(seconds=10)
OUT_OF_DATE = timedelta(seconds=60)


def sign_state(
    view: CounterView | None, number: int, sentences: Sentences, *, called_ago: timedelta | None
) -> SignState:
    """The ticket's number while it is called or served, blinking while the call is fresh; else the counter's state."""
    if view is None:
        return SignState(sentences.say("sign.unknown"))
    if view.number is not None:
        fresh = view.ticket_state == "called" and called_ago is not None and called_ago < BLINK
        return SignState(view.number, blink=fresh)
    state = "ready" if view.state == "open" else view.state
    return SignState(sentences.say(f"sign.{state}", counter=number))


def called_ago(
    view: CounterView | None, calls: Iterable[CallView], now: datetime
) -> timedelta | None:
    """How long ago this counter's ticket was called last; None where the feed does not know."""
    if view is None or view.ticket is None:
        return None
    mine = [c.called_at for c in calls if c.ticket == view.ticket and c.counter == view.id]
    return now - max(mine) if mine else None
