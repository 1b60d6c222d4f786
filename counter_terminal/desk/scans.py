"""Scan handler of the desk: what a code brings up on the card, and what the hub is asked about it."""

from typing import Final, assert_never

from counter_terminal.desk.cards import Cards
from counter_terminal.desk.events import (
    Ask,
    AskPlace,
    CodeGarbled,
    DossierPutAway,
    FileOpened,
    FileRefused,
    Question,
)
from counter_terminal.desk.lookup import Lookup
from counter_terminal.desk.scan_meaning import ScanMeaning
from counter_terminal.desk.screens import DossierCard
from counter_terminal.desk.setup import DeskSetup
from counter_terminal.desk.shown_card import ShownCard
from hub.messages import Answer, DossierView, TicketPlace, TicketView
from service_floor.dossiers.personal import mask_personal

_NOT_OPENED: Final = frozenset({"busy", "several", "not_a_file"})
"""Why a dropped file was not even begun with."""


class Scans:
    """One scan at a time; the next takes its place. A question that cannot be sent now waits for the connection."""

    def __init__(self, setup: DeskSetup) -> None:
        self._setup = setup
        self._cards = Cards(setup)
        self._lookup = Lookup()
        self._up = False
        self._files = self._unwanted = 0
        self.card = ShownCard(setup)

    def show_failure(self, key: str, code: str = "") -> None:
        """Nothing could be read, or not for certain: the card gives the reason."""
        self.card.show(self._cards.no_dossier(code, key))

    def show_file(self, key: str) -> None:
        """A dropped file is being read, or has brought up nothing."""
        self.card.show(self._cards.file(key))

    def clear(self) -> None:
        """No card; a question that is on its way goes on."""
        self.card.show(None)

    def begin(self) -> None:
        """A new scan: answers about the last one, and what a file that is still being read holds, are not waited for."""
        self._lookup.forget()
        self._unwanted = self._files

    def put_away(self) -> None:
        """No card, and none by an answer that is still on its way."""
        self.clear()
        self.begin()

    def file_is_read(self) -> bool:
        """A dropped file has its result: whether it is wanted still."""
        self._files = max(0, self._files - 1)
        if not self._unwanted:
            return True
        self._unwanted -= 1
        return False

    def see(self, event: CodeGarbled | FileOpened | FileRefused | DossierPutAway) -> None:
        """What changes only the card."""
        match event:
            case CodeGarbled():
                self.show_failure("garbled")
            case FileOpened():
                self.begin()
                self._files += 1
                self.show_file("reading")
            case FileRefused(reason):
                if reason in _NOT_OPENED or self.file_is_read():
                    self.show_file(reason)
            case DossierPutAway():
                self.put_away()
            case _:
                assert_never(event)

    def whereabouts(self, ticket: TicketView, ahead: int) -> str:
        """Where the ticket under the scanner is, in a sentence; `ahead` are before it while it waits."""
        return self._cards.whereabouts(ticket, ahead)

    def read(self, meaning: ScanMeaning, code: str) -> tuple[Question, ...]:
        """Show what a code is that is not a ticket in hand; what is to be asked about it now."""
        procedure = self._setup.procedure_of(code) if meaning is ScanMeaning.PROCEDURE else None
        if procedure is not None:
            self.card.show(self._cards.procedure(procedure), procedure)
            return ()
        if meaning is ScanMeaning.OTHER_TICKET:
            return self._ask(AskPlace(code))
        if meaning is ScanMeaning.DOSSIER:
            return self._ask(Ask(code))
        self.card.show(self._cards.no_dossier(code, meaning))
        return ()

    def line(self, up: bool) -> tuple[Question, ...]:
        """The connection is up or lost: what was scanned without it is asked once it is back."""
        self._up = up
        if self._lookup.open is not None:
            self.card.show(self._asking(self._lookup.open))
        return self._lookup.line(up)

    def take(self, question: Question, answer: Answer) -> str:
        """Take the answer if it is to the last scan; returns the notice beside the card, empty for none."""
        if not self._lookup.answered(question):
            return ""
        match question:
            case AskPlace():
                self.clear()
                return self._place(answer)
            case Ask(code):
                self._take_dossier(code, answer)
                return ""
            case _:
                assert_never(question)

    def _ask(self, question: Question) -> tuple[Question, ...]:
        self.card.show(self._asking(question))
        return self._lookup.ask(question, self._up)

    def _asking(self, question: Question) -> DossierCard:
        is_ticket = isinstance(question, AskPlace)
        # Digits in a ticket's address may be those of a bank card.
        code = mask_personal(question.code) if is_ticket else question.code
        key = "asking" if is_ticket else "looking"
        return self._cards.no_dossier(code, key if self._up else "asked_later")

    def _place(self, answer: Answer) -> str:
        """A ticket that is not among those in hand: it is over, or not of today."""
        if answer.ok:
            place = TicketPlace.model_validate(answer.result)
            return self._cards.whereabouts(place.ticket, place.ahead or 0)
        error = answer.error.code if answer.error else ""
        known = "unknown" if error == "unknown_ticket" else "no_answer"
        return self._setup.sentences.say(f"scanned_ticket.{known}")

    def _take_dossier(self, code: str, answer: Answer) -> None:
        if answer.ok:
            found = DossierView.model_validate(answer.result)
            self.card.show(self._cards.dossier(found), found)
            return
        unknown = answer.error is not None and answer.error.code == "unknown_dossier"
        self.card.show(self._cards.no_dossier(code, "unknown" if unknown else "no_answer"))
