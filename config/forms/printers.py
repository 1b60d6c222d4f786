"""Which office printer a counter terminal prints its forms on: its own, or that of a named neighbour."""

from dataclasses import dataclass

from config.model import Installation
from config.model.centre import Counter
from config.model.devices import DocumentPrinter
from config.model.programs import CounterTerminal


@dataclass(frozen=True, slots=True)
class DocumentPlace:
    """A printer, and the counter that its papers are marked for; None where the printer is the counter's own."""

    printer: DocumentPrinter
    marked_for: Counter | None = None


def document_place(installation: Installation, terminal: CounterTerminal) -> DocumentPlace | None:
    """Where the terminal's forms come out; None where it has no printer of forms."""
    if terminal.documents is not None:
        return DocumentPlace(terminal.documents)
    own = next(each for each in installation.counters if each.id == terminal.counter)
    for neighbour in installation.counter_terminals:
        if neighbour.counter == terminal.documents_of and neighbour.documents is not None:
            return DocumentPlace(neighbour.documents, own)
    return None
