"""Storage outage: logged once when writing begins to fail, with advice, and once when it ends."""

import logging
from time import monotonic

from sqlalchemy.exc import SQLAlchemyError

from hub.database.storage import reason_of
from hub.errors import HubError, HubProblem
from hub.journal.rows import is_damage

log = logging.getLogger("hub")


class Outage:
    """Kept by the recovery of the writer thread."""

    def __init__(self) -> None:
        self._since: float | None = None

    @property
    def lasts(self) -> bool:
        """Whether the journal cannot be written."""
        return self._since is not None

    def begin(self, problem: Exception) -> None:
        """Something could not be written."""
        if self._since is None:
            self._since = monotonic()
            log.error(
                "the journal cannot be written, requests are answered `storage`: %s; %s",
                reason_of(problem),
                _advice(problem),
            )

    def end(self) -> None:
        """Something was written."""
        if self._since is not None:
            log.info("the journal is written again after %.0f s", monotonic() - self._since)
            self._since = None


def _advice(problem: Exception) -> str:
    """What the technician does about it."""
    if isinstance(problem, HubError) and problem.code is HubProblem.DATABASE_GONE:
        return "the file was removed or replaced: stop the hub, put it back (centerfloor restore), start the hub"
    if isinstance(problem, HubError) or (
        isinstance(problem, SQLAlchemyError) and is_damage(problem)
    ):
        return "stop the hub, copy the whole --data folder, then centerfloor journal verify"
    return "the hub goes on by itself when it can: look whether the disk is full or another program holds the database"
