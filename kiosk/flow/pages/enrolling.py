"""View-model of enrolment: the code that lets the kiosk in, for the technician who stands before it."""

from hub.client import EnrolmentPrompt
from kiosk.flow.screens import UNBROKEN, EnrolScreen, Notice
from kiosk.texts import Sentences


def enrol(prompt: EnrolmentPrompt, texts: Sentences) -> EnrolScreen:
    """What the technician is to do."""
    say = texts.say
    device, code = _whole(prompt.device), _whole(prompt.code)
    if prompt.other:
        notice = Notice(say("enrol.other", other=_whole(prompt.other), device=device), "warning")
    elif prompt.turned_away:
        notice = Notice(say("enrol.turned_away", hub=prompt.hub), "warning")
    else:
        notice = Notice(say("enrol.notice"))
    if not prompt.code:
        return EnrolScreen(say("enrol.title"), "", say("enrol.no_hub", hub=prompt.hub), (), notice)
    steps = (
        say("enrol.step_console", hub=prompt.hub),
        say("enrol.step_code", code=code),
        say("enrol.step_device", device=device),
    )
    return EnrolScreen(
        say("enrol.title"), code, say("enrol.minutes", minutes=prompt.minutes), steps, notice
    )


def _whole(name: str) -> str:
    return name.replace("-", UNBROKEN)
