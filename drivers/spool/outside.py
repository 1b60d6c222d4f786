"""Torn paper of a printer that is used outside its queue, by a sample or calibration: kept in the queue's file all the same."""

from contextlib import closing
from pathlib import Path

from drivers.spool.store import SpoolStore


def is_torn(file: Path) -> bool:
    """Whether the queue of this file left a part of a slip in the printer; not where there was never a queue.

    Raises sqlite3.Error and NewerFileError, as `SpoolStore` does.
    """
    if not file.exists():
        return False
    with closing(SpoolStore(file)) as store:
        return store.paper.is_torn


def keep_torn(file: Path, torn: bool | None) -> None:
    """Keep whether a part of a slip may hang in the printer now; None is as before. Raises as `is_torn`."""
    if torn is None or not (torn or file.exists()):
        return
    with closing(SpoolStore(file)) as store:
        store.paper.mark_torn(torn)
