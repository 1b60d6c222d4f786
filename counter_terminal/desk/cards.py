"""View-model of the cards that a scan brings up, with texts in the officer's language."""

from typing import Final

from counter_terminal.desk.screens import DossierCard
from counter_terminal.desk.setup import DeskSetup
from hub.messages import DossierView, TicketView
from service_floor.dossiers.model import When
from service_floor.procedures.model import Procedure
from service_floor.vietnamese.formats import short_when

PAPERS: Final = 6
"""Limit of the papers of a procedure that a card names; the kiosk prints the whole list."""


class Cards:
    """Draws the cards of one desk."""

    def __init__(self, setup: DeskSetup) -> None:
        self._setup = setup
        self._sentences = setup.sentences

    def dossier(self, view: DossierView) -> DossierCard:
        """The card of a dossier that was found."""
        say = self._sentences.say
        lines = (
            (say("dossier.status"), self._sentences.say_code("status", view.status, {})),
            (say("dossier.agency"), view.agency),
            (say("dossier.received"), _when(view.received_at)),
            (say("dossier.due"), _when(view.due_at)),
            (say("dossier.finished"), _when(view.finished_at)),
            (say("dossier.note"), view.note),
        )
        return DossierCard(
            found=True,
            code=view.code,
            headline=view.procedure,
            standing=self._sentences.say_code("standing", view.standing, {}),
            late=view.standing in {"overdue", "done_late"},
            lines=tuple(line for line in lines if line[1]),
        )

    def no_dossier(self, code: str, key: str) -> DossierCard:
        """The card of a code that brought up nothing, or is still being looked for."""
        return DossierCard(
            found=False,
            code=code,
            headline=self._sentences.say(f"dossier.{key}", code=code),
            standing="",
        )

    def file(self, key: str) -> DossierCard:
        """The card of a dropped file that is being read, or has brought up nothing."""
        return DossierCard(
            found=False, code="", headline=self._sentences.say(f"file.{key}"), standing=""
        )

    def whereabouts(self, ticket: TicketView, ahead: int) -> str:
        """Where the ticket under the scanner is, in a sentence; `ahead` are before it while it waits."""
        if ticket.state == "waiting":
            key = "waiting" if ticket.service in self._setup.profile else "other_service"
        elif ticket.state == "parked" and ticket.counter == self._setup.counter:
            key = "parked_here"
        else:
            known = {"called", "serving", "parked", "no_show"}
            key = ticket.state if ticket.state in known else "over"
        counter = ticket.counter or ""
        return self._sentences.say(
            f"scanned_ticket.{key}",
            number=ticket.number,
            ahead=ahead,
            counter=self._setup.counters.get(counter, counter),
            service=self._setup.services.get(ticket.service, ticket.service),
        )

    def procedure(self, procedure: Procedure) -> DossierCard:
        """The card of a scanned procedure code: the procedure's name, and its papers in brief."""
        say = self._sentences.say
        papers = [paper.name for paper in procedure.papers if not paper.is_remark]
        lines = [(f"{place}.", name) for place, name in enumerate(papers[:PAPERS], 1)]
        if len(papers) > PAPERS:
            lines.append(("…", say("dossier.more_papers", count=len(papers) - PAPERS)))
        if not papers:
            lines.append((say("dossier.papers"), say("dossier.no_papers")))
        return DossierCard(
            found=False,
            code=procedure.code,
            headline=procedure.name,
            standing=say("dossier.procedure"),
            lines=tuple(lines),
        )


def _when(when: When | None) -> str:
    return "" if when is None else short_when(when)
