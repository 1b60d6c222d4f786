"""What a desk wants to know of the hub about a scan: one question at a time, the last scan's; without a line it waits."""

from counter_terminal.desk.events import Ask, AskPlace

Question = Ask | AskPlace


class Lookup:
    """A question that was sent is the line's to repeat after a loss; one that was not is kept here, and goes out once."""

    def __init__(self) -> None:
        self._asked: Question | None = None
        self._req = ""
        self._kept = False

    @property
    def open(self) -> Question | None:
        """The question that has no answer yet."""
        return self._asked

    def ask(self, question: Question, up: bool) -> tuple[Question, ...]:
        """Take the place of any other question; what is to be sent now."""
        self._asked, self._req, self._kept = question, "", not up
        return (question,) if up else ()

    def line(self, up: bool) -> tuple[Question, ...]:
        """The line has come or gone; what is to be sent now."""
        if not up or not self._kept or self._asked is None:
            return ()
        self._kept = False
        return (self._asked,)

    def sent(self, req: str) -> None:
        """The line has taken the question under this request id."""
        self._req = req

    def answered(self, req: str) -> Question | None:
        """The question that this answers; None where a later scan has taken its place."""
        if not self._req or req != self._req:
            return None
        asked = self._asked
        self.forget()
        return asked

    def forget(self) -> None:
        """Nobody wants to know any more."""
        self._asked, self._req, self._kept = None, "", False
