"""All procedures of a centre: by code, by words."""

from collections.abc import Iterable

from service_floor.procedures.model import CODE, Procedure, national_code
from service_floor.procedures.search import Match, ProcedureIndex
from service_floor.procedures.synonyms import Synonyms


class Catalogue:
    """Procedures in memory; what agencies use among themselves is found by its code only."""

    def __init__(self, procedures: Iterable[Procedure], synonyms: Synonyms | None = None) -> None:
        self._by_code: dict[str, Procedure] = {}
        for procedure in procedures:
            self._by_code.setdefault(national_code(procedure.code), procedure)
        for_citizens = [p for p in self._by_code.values() if not p.is_internal]
        self._index = ProcedureIndex(for_citizens, synonyms)

    def __len__(self) -> int:
        return len(self._by_code)

    def by_code(self, code: str) -> Procedure | None:
        """The procedure of a code, with or without the suffix of a province."""
        return self._by_code.get(national_code(code))

    def search(self, question: str, limit: int = 10) -> tuple[Match, ...]:
        """The best matches first; a code finds its procedure."""
        code = question.strip().upper()
        if CODE.fullmatch(code):
            found = self.by_code(code)
            return (Match(found, 1.0),) if found and not found.is_internal else ()
        return self._index.search(question, limit)
