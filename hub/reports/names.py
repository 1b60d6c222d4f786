"""Names of the configuration for the ids of the journal, in one language. An id without a name stands for itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from config.model import Installation
from config.model.names import Names as ConfiguredNames


class _Named(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def names(self) -> ConfiguredNames: ...


@dataclass(frozen=True, slots=True)
class Names:
    """Names of one language by id."""

    services: Mapping[str, str]
    counters: Mapping[str, str]
    officers: Mapping[str, str]
    priorities: Mapping[str, str]
    reasons: Mapping[str, str]
    way_reasons: Mapping[str, str]

    @classmethod
    def of(cls, installation: Installation, language: str) -> "Names":
        """The names in a language, in Vietnamese where the configuration has no other."""
        return cls(
            services=_names(installation.services, language),
            counters=_names(installation.counters, language),
            officers={officer.id: officer.name for officer in installation.officers},
            priorities=_names(installation.priority_classes, language),
            reasons=_names(installation.reasons.out_of_order, language),
            way_reasons={
                **_names(installation.reasons.no_show, language),
                **_names(installation.reasons.cancel, language),
            },
        )

    def service(self, service: str) -> str:
        """A service."""
        return self.services.get(service, service)

    def counter(self, counter: str) -> str:
        """A counter."""
        return self.counters.get(counter, counter)

    def officer(self, officer: str) -> str:
        """An officer."""
        return self.officers.get(officer, officer)

    def priority(self, priority: str | None) -> str:
        """A priority class; nothing for none."""
        return self.priorities.get(priority, priority) if priority else ""

    def reason(self, reason: str) -> str:
        """A reason for a call out of order; one that is in no list stands as it was typed."""
        return self.reasons.get(reason, reason)

    def way_reason(self, reason: str) -> str:
        """A reason for which a ticket was taken out of the queue; one that is in no list stands as it was typed."""
        return self.way_reasons.get(reason, reason)


def _names(listed: Iterable[_Named], language: str) -> dict[str, str]:
    return {each.id: each.names.in_(language) for each in listed}
