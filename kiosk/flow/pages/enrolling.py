"""The kiosk before it belongs to a hub: the code that lets it in, for the technician who stands before it."""

from hub.client import EnrolmentPrompt
from kiosk.flow.screens import UNBROKEN, EnrolScreen, Notice
from kiosk.texts import Sentences


def enrol(entry: EnrolmentPrompt, texts: Sentences) -> EnrolScreen:
    """What the technician is to do."""
    say = texts.say
    device, code = _whole(entry.device), _whole(entry.code)
    if entry.other:
        notice = Notice(say("enrol.other", other=_whole(entry.other), device=device), "warning")
    elif entry.turned_away:
        notice = Notice(say("enrol.turned_away", hub=entry.hub), "warning")
    else:
        notice = Notice(say("enrol.notice"))
    if not entry.code:
        return EnrolScreen(say("enrol.title"), "", say("enrol.no_hub", hub=entry.hub), (), notice)
    steps = (
        say("enrol.step_console", hub=entry.hub),
        say("enrol.step_code", code=code),
        say("enrol.step_device", device=device),
    )
    return EnrolScreen(
        say("enrol.title"), code, say("enrol.minutes", minutes=entry.minutes), steps, notice
    )


def _whole(name: str) -> str:
    return name.replace("-", UNBROKEN)
