"""All procedures of a centre: by code, by field, by words."""

from collections import defaultdict
from collections.abc import Iterable

from service_floor.procedures.model import CODE, Procedure, national_code
from service_floor.procedures.search import Match, ProcedureIndex
from service_floor.procedures.synonyms import Synonyms
from service_floor.vietnamese.collation import sort_key


class Catalogue:
    """Procedures in memory; what agencies use among themselves is found by its code only."""

    def __init__(self, procedures: Iterable[Procedure], synonyms: Synonyms | None = None) -> None:
        self._by_code: dict[str, Procedure] = {}
        for procedure in procedures:
            self._by_code.setdefault(national_code(procedure.code), procedure)
        self._for_citizens = [p for p in self._by_code.values() if not p.is_internal]
        self._index = ProcedureIndex(self._for_citizens, synonyms)
        self._by_field: dict[str, list[Procedure]] = defaultdict(list)
        for procedure in self._for_citizens:
            self._by_field[procedure.field].append(procedure)

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

    def fields(self) -> tuple[str, ...]:
        """The fields that have procedures for citizens, in the order of the alphabet."""
        return tuple(sorted(self._by_field, key=sort_key))

    def in_field(self, field: str) -> tuple[Procedure, ...]:
        """The procedures of a field, by name."""
        return tuple(sorted(self._by_field.get(field, ()), key=lambda p: sort_key(p.name)))
