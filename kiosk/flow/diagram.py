"""State diagram of the kiosk for the documentation: `python -m kiosk.flow.diagram > docs/kiosk-flow.md`."""

import sys
from collections.abc import Iterator
from typing import Final

from kiosk.flow.events import Trigger
from kiosk.flow.screens import Page
from kiosk.flow.table import TABLE, Rule

_WORDS: Final = {
    Trigger.TYPED: "a key",
    Trigger.SCANNED: "a scan",
    Trigger.TICKET_GIVEN: "a ticket came",
    Trigger.TICKET_REFUSED: "a refusal came",
    Trigger.CONNECTED: "the hub is back",
    Trigger.RESERVE_CHANGED: "numbers in reserve",
    Trigger.TIME_PASSED: "time passed",
}

_HEAD: Final = """# The kiosk's flow

Made from the transition table in `kiosk/flow/table.py` by `python -m kiosk.flow.diagram`; a test fails when it is stale.
An arrow is a way that a press or an event *may* lead; whether it does is decided by the move named in the table. What
the table does not name on a page is ignored there, so a second tap finds nothing to press.

```mermaid
stateDiagram-v2
    [*] --> out_of_service
"""

_TAIL: Final = """```

On every page, and leading nowhere else: language, larger letters, contrast, scrolling, and what the hub, the printer and
the scanner report. Time leads from every page to the first one: after `idle_seconds` without a touch (twice as long where one reads),
15 s after a slip came out, 45 s after one did not. The first page is `out_of_service` while the hub is gone for longer than
`offline.after_seconds` and no numbers are held in advance; procedures are found all the same.

With numbers in advance the kiosk goes on without the hub: it shows that on each page, knows nothing of waiting or dossiers, gives the
numbers of its lease, and marks them on the glass and on the slip. The wire is in `docs/protocol.md`, "Without the hub".

## What may happen to a press

| the hub | the citizen | what happens |
|---|---|---|
| answers | waits | the number is shown, the slip printed, its outcome reported |
| answers, and the kiosk dies | waits | a slip in the spool is printed at the next start, one that was being sent is reported as unknown, one that had not come so far as failed |
| answers within 2 minutes | has left, and no other citizen has begun | the same: they may still stand there |
| answers | has left, and another citizen has begun, or it is later | not shown, not printed; reported as failed, `nobody_there` |
| is silent | waits | after 4 s the page shows that the answer is unknown; the request stays in the outbox |
| is gone | waits | a number held in advance is given; the request leaves the outbox for its hand-in, in one step |
| refuses | waits | the reason and what to do |

## When the printer cannot print

A printer that is at fault, gone or silent is asked about before a number is spent. With `number_without_paper = true` the
page before the press announces that the number will come on the screen; it then stands there with a QR code of the ticket's
page (or its id) to photograph, for 45 s after the last touch. With `false` the kiosk shows why it gives no number, and none
is used. A slip that stops on its way has a notice: *delayed* while it waits for the printer (a minute at most, nothing has
left), *failed*, or *unknown*. None of them is printed again unless a member of staff asks for it (docs/devices/printers.md).

## Where the scanner is a camera

The first page and the one that asks for a dossier's code show what the camera sees, mirrored, with corners to hold a code
between; on a glass of 1280 × 1024 the second one has no room beside its keys and gives only the sentence. A code may as well
be held before the camera on every page that takes a scan. When one is read a large mark stands low on the glass for a
second, whatever page the code leads to. If the camera gives no pictures, that stands in the place of the hint, with what
to do instead, and the picture goes.

Nothing of a picture is kept or logged: the newest one lies in memory until the next comes. On pages without it none is
made, and the last one is forgotten. The picture is only for the eyes; screen readers read the sentence beside it.
"""


def document() -> str:
    """The whole page of documentation."""
    arrows = "\n".join(f"    {arrow}" for arrow in sorted(set(_arrows())))
    return f"{_HEAD}{arrows}\n{_TAIL}"


def _arrows() -> Iterator[str]:
    ways: dict[tuple[Page, Page], list[str]] = {}
    for rule in TABLE:
        if rule.trigger is Trigger.TIME_PASSED:
            continue
        for page in rule.pages:
            for to in rule.to - {page}:
                ways.setdefault((page, to), []).append(_label(rule))
    for (page, to), labels in ways.items():
        yield f"{page.value} --> {to.value}: {', '.join(labels)}"


def _label(rule: Rule) -> str:
    if isinstance(rule.trigger, Trigger):
        return _WORDS[rule.trigger]
    return rule.trigger.value.replace("_", " ")


if __name__ == "__main__":
    sys.stdout.write(document())
