"""What lies under a desk's scanner: the card of the last scan, and what the hub is asked about it."""

from dataclasses import replace
from datetime import datetime

from counter_terminal.desk.drawing import Drawing
from counter_terminal.desk.events import (
    Ask,
    AskPlace,
    CodeGarbled,
    DossierPutAway,
    FileOpened,
    FileRefused,
    PaperSettled,
    PrintPaper,
)
from counter_terminal.desk.lookup import Lookup, Question
from counter_terminal.desk.papers import Papers, Subject
from counter_terminal.desk.scan_meaning import ScanMeaning
from counter_terminal.desk.screens import DossierCard
from counter_terminal.desk.setup import DeskSetup
from drivers.protocols import PrintOutcome
from hub.messages import Answer, DossierView, TicketPlace
from plumbing.sentences import Sentences


class Scans:
    """One scan at a time; the next takes its place. A question that cannot be sent now waits for the line."""

    def __init__(self, setup: DeskSetup, sentences: Sentences, drawing: Drawing) -> None:
        self._setup = setup
        self._sentences = sentences
        self._drawing = drawing
        self._lookup = Lookup()
        self._papers = Papers(setup.papers, sentences)
        self._up = False
        self._card: DossierCard | None = None
        self._subject: Subject | None = None
        self._printing = ""

    def card(self, now: datetime | None) -> DossierCard | None:
        """The card of the last scan with what can be printed of it; None where it was put away."""
        if self._card is None:
            return None
        papers = self._papers.offers(self._subject, now)
        return replace(self._card, papers=papers, printing=self._printing)

    def paper(self, paper: str, now: datetime | None) -> PrintPaper | None:
        """The slip of an offer; None where it is not offered any more."""
        if self._subject is None or now is None:
            return None
        slip = self._papers.slip(self._subject, paper, now)
        if slip is None:
            return None
        self._printing = self._sentences.say("papers.printing")
        return PrintPaper(slip, self._subject.code)

    def paper_settled(self, settled: PaperSettled) -> str:
        """What became of a slip; what is to be told beside the card, empty where it came out."""
        came_out = settled.outcome == PrintOutcome.PRINTED
        if self._subject is not None and settled.code == self._subject.code:
            self._printing = self._sentences.say("papers.printed") if came_out else ""
        if came_out:
            return ""
        return self._sentences.say(f"papers.{settled.outcome}", code=settled.code)

    def _show(self, card: DossierCard | None, subject: Subject | None = None) -> None:
        self._card, self._subject, self._printing = card, subject, ""

    def say(self, key: str) -> None:
        """Nothing could be read: the card says why."""
        self._show(self._drawing.no_dossier("", key))

    def file(self, key: str) -> None:
        """A dropped file is being read, or has brought up nothing."""
        self._show(self._drawing.file(key))

    def clear(self) -> None:
        """No card; a question that is on its way goes on."""
        self._show(None)

    def forget(self) -> None:
        """The last scan's question is not waited for any more."""
        self._lookup.forget()

    def see(self, event: CodeGarbled | FileOpened | FileRefused | DossierPutAway) -> None:
        """What changes the card alone."""
        match event:
            case CodeGarbled():
                self.say("garbled")
            case FileOpened():
                self.file("reading")
            case FileRefused(reason):
                self.file(reason)
            case DossierPutAway():
                self.clear()
                self.forget()

    def read(self, meaning: ScanMeaning, code: str) -> tuple[Question, ...]:
        """Show what a code is that is no ticket in hand; what is to be asked about it now."""
        procedure = self._setup.procedure_of(code) if meaning is ScanMeaning.PROCEDURE else None
        if procedure is not None:
            self._show(self._drawing.procedure(procedure), procedure)
            return ()
        if meaning is ScanMeaning.OTHER_TICKET:
            return self._ask(AskPlace(code))
        if meaning is ScanMeaning.DOSSIER:
            return self._ask(Ask(code))
        self._show(self._drawing.no_dossier(code, meaning))
        return ()

    def line(self, up: bool) -> tuple[Question, ...]:
        """The line has come or gone: what was scanned without it is asked when it is back."""
        self._up = up
        if self._lookup.open is not None:
            self._show(self._asking(self._lookup.open))
        return self._lookup.line(up)

    def sent(self, req: str) -> None:
        """The line has taken the question under this request id."""
        self._lookup.sent(req)

    def take(self, req: str, answer: Answer) -> str:
        """Take an answer, where it is one to the last scan; what is to be told beside the card, empty for nothing."""
        asked = self._lookup.answered(req)
        if isinstance(asked, AskPlace):
            self.clear()
            return self._place(answer)
        if asked is not None:
            self._take_dossier(asked, answer)
        return ""

    def _ask(self, question: Question) -> tuple[Question, ...]:
        self._show(self._asking(question))
        return self._lookup.ask(question, self._up)

    def _asking(self, question: Question) -> DossierCard:
        key = "asking" if isinstance(question, AskPlace) else "looking"
        return self._drawing.no_dossier(question.code, key if self._up else "asked_later")

    def _place(self, answer: Answer) -> str:
        """A ticket that is not among those in hand: it is over, or not of today."""
        if answer.ok:
            place = TicketPlace.model_validate(answer.result)
            return self._drawing.whereabouts(place.ticket, place.ahead or 0)
        error = answer.error.code if answer.error else ""
        known = "unknown" if error == "unknown_ticket" else "no_answer"
        return self._sentences.say(f"scanned_ticket.{known}")

    def _take_dossier(self, asked: Ask, answer: Answer) -> None:
        if answer.ok:
            found = DossierView.model_validate(answer.result)
            self._show(self._drawing.dossier(found), found)
            return
        unknown = answer.error is not None and answer.error.code == "unknown_dossier"
        key = "unknown" if unknown else "no_answer"
        self._show(self._drawing.no_dossier(asked.code, key))
