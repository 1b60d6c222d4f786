"""The desk's pending question to the hub: only the last scan's counts; without a connection it is queued here."""

from counter_terminal.desk.events import Question


class Lookup:
    """A question that was sent is the link's to repeat after a loss; one that was not is kept here, and is sent once."""

    def __init__(self) -> None:
        self._asked: Question | None = None
        self._kept = False

    @property
    def open(self) -> Question | None:
        """The question that has no answer yet."""
        return self._asked

    def ask(self, question: Question, up: bool) -> tuple[Question, ...]:
        """Take the place of any other question; what is to be sent now."""
        self._asked, self._kept = question, not up
        return (question,) if up else ()

    def line(self, up: bool) -> tuple[Question, ...]:
        """The connection is up or lost; what is to be sent now."""
        if not up or not self._kept or self._asked is None:
            return ()
        self._kept = False
        return (self._asked,)

    def answered(self, question: Question) -> bool:
        """Whether this was the open question; False if a later scan has taken its place."""
        if question is not self._asked:
            return False
        self.forget()
        return True

    def forget(self) -> None:
        """The answer is not wanted any more."""
        self._asked, self._kept = None, False
