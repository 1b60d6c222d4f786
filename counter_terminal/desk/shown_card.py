"""State of the card of the last scan, and the print queue's answers about its slips."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Final

from counter_terminal.desk.events import PaperChosen, PaperSettled, PrintPaper
from counter_terminal.desk.papers import Papers, Subject
from counter_terminal.desk.screens import DossierCard
from counter_terminal.desk.setup import DeskSetup, Named
from drivers.protocols import PrintOutcome
from hub.messages import Condition, needs_attention
from plumbing.sentences import Sentences

_LOW: Final = (Condition.PAPER_LOW,)
"""A printer that goes on printing."""


def conditions_in(sentences: Sentences, conditions: Iterable[Condition]) -> str:
    """How a printer is, in words."""
    return ", ".join(sentences.say(f"printer.{each}") for each in conditions)


class ShownCard:
    """At most one card; the next takes its place."""

    def __init__(self, setup: DeskSetup) -> None:
        self._sentences = setup.sentences
        self._papers = Papers(setup)
        self._card: DossierCard | None = None
        self._subject: Subject | None = None
        self._printing = ""
        self._is_printing = False
        self.printer: tuple[Condition, ...] = ()

    def show(self, card: DossierCard | None, subject: Subject | None = None) -> None:
        """Show a card, None for no card; `subject` is what its slips are about."""
        self._card, self._subject, self._printing = card, subject, ""
        self._is_printing = False

    def offer(self, choices: tuple[Named, ...]) -> bool:
        """Show several codes, of which the officer chooses one; False without a choice."""
        if len(choices) <= 1:
            return False
        headline = self._sentences.say("dossier.choose_code")
        self.show(DossierCard(False, "", headline, standing="", choices=choices))
        return True

    def view(self, now: datetime | None) -> DossierCard | None:
        """The card with what can be printed of it; None if it was put away."""
        if self._card is None:
            return None
        papers = self._papers.offers(self._subject, now)
        printing = self._printing
        if self._is_printing and needs_attention(self.printer) and self.printer != _LOW:
            state = conditions_in(self._sentences, self.printer)
            printing = self._sentences.say("papers.waiting", state=state)
        return replace(self._card, papers=papers, printing=printing)

    def paper(self, wanted: PaperChosen, now: datetime | None) -> PrintPaper | None:
        """The slip of an offer; None if it is not offered any more, or was one of another card."""
        if self._subject is None or self._subject.code != wanted.code or now is None:
            return None
        slip = self._papers.slip(self._subject, wanted.paper, now)
        if slip is None:
            return None
        self._printing, self._is_printing = self._sentences.say("papers.printing"), True
        return PrintPaper(slip, self._subject.code)

    def settled(self, settled: PaperSettled) -> str:
        """The outcome of a slip; returns the notice beside the card, empty if the slip came out."""
        came_out = settled.outcome == PrintOutcome.PRINTED
        if self._subject is not None and settled.code == self._subject.code:
            self._printing = self._sentences.say("papers.printed") if came_out else ""
            self._is_printing = False
        if came_out:
            return ""
        return self._sentences.say(f"papers.{settled.outcome}", code=settled.code)
