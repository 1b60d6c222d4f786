"""The procedures of a kiosk: all that citizens may be told of, found by words or by code."""

from collections.abc import Iterable, Sequence

from service_floor.procedures.model import Procedure
from service_floor.procedures.search import ProcedureIndex
from service_floor.procedures.synonyms import Synonyms


class IndexedProcedures:
    """Procedures in memory. What agencies only use among themselves is left out."""

    def __init__(self, procedures: Iterable[Procedure], synonyms: Synonyms | None = None) -> None:
        shown = [procedure for procedure in procedures if not procedure.is_internal]
        self._by_code = {procedure.code: procedure for procedure in shown}
        self._index = ProcedureIndex(list(self._by_code.values()), synonyms)

    def search(self, query: str, limit: int) -> Sequence[Procedure]:
        """The best matches first; accents may be left out, the last word may be half typed."""
        return [match.procedure for match in self._index.search(query, limit)]

    def find(self, code: str) -> Procedure | None:
        """The procedure of this code."""
        return self._by_code.get(code)
