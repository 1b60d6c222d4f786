"""Settings of a kiosk that do not change while it runs: the centre, its services, its procedures, its sentences."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from config.model import Installation
from config.model.centre import Centre, PriorityClass, Service
from config.model.printers import abilities
from config.model.programs import Kiosk
from config.model.slips import SlipName, SlipTemplate
from config.slips.templates import template_for
from drivers.shortening import Length
from kiosk.texts import Sentences
from service_floor.procedures.catalogue import Catalogue
from service_floor.procedures.model import Procedure, same_procedure


@dataclass(frozen=True, slots=True)
class Place:
    """A counter by its id and the number above it."""

    id: str
    number: int


@dataclass(frozen=True)
class Reference:
    """Everything that does not change while the kiosk runs. `services` are those offered here; a slip may be of any.

    `list_length` is how long a list of papers may be on its printer; None is any length.
    """

    centre: Centre
    kiosk: Kiosk
    services: Mapping[str, Service]
    agencies: Mapping[str, Mapping[str, str]]
    priorities: Mapping[str, PriorityClass]
    places: Mapping[str, tuple[Place, ...]]
    catalogue: Catalogue
    texts: Mapping[str, Sentences]
    public_url: str
    recall_limit: int
    templates: Mapping[tuple[SlipName, str], SlipTemplate]
    gone_after: float = 3.0
    kiosk_readmit: bool = False
    numbers: Mapping[str, int] = field(default_factory=dict)
    every_service: Mapping[str, Service] = field(default_factory=dict)
    procedure_page: str = ""
    list_length: Length | None = None

    def service_name(self, service: str, language: str) -> str:
        """The name of a service; its id where the configuration does not know it."""
        known = self.every_service.get(service)
        return known.names.in_(language) if known else service

    def agency_name(self, service: str, language: str) -> str:
        """The agency behind a service."""
        known = self.services.get(service)
        return self.agencies[known.agency][language] if known else ""

    def priority_name(self, priority: str, language: str) -> str:
        """The name of a priority class."""
        known = self.priorities.get(priority)
        return known.names.in_(language) if known else priority

    def centre_name(self, language: str) -> str:
        """The name of the centre."""
        return self.centre.names.in_(language)

    def service_for(self, procedure: Procedure) -> str | None:
        """Which service of this kiosk receives a procedure: named by code first, then by field."""
        for service in self.services.values():
            if any(same_procedure(procedure.code, code) for code in service.procedures):
                return service.id
        for service in self.services.values():
            if procedure.field in service.fields:
                return service.id
        return None

    def counter_number(self, counter: str | None) -> str:
        """What stands above a counter: 03. Empty where it is not known."""
        number = self.numbers.get(counter or "")
        return f"{number:02d}" if number else ""

    def service_of_dossier(self, procedure: str, agency: str) -> str | None:
        """Which service of this kiosk receives a dossier, by the name or code of its procedure, else by its agency."""
        named = self.catalogue.by_code(procedure)
        if named is None:
            matches = self.catalogue.search(procedure, 3) if procedure else ()
            same = (match.procedure for match in matches if match.procedure.name == procedure)
            named = next(same, None)
        if named is not None and (service := self.service_for(named)) is not None:
            return service
        behind = [
            service.id
            for service in self.services.values()
            if agency in self.agencies[service.agency].values()
        ]
        return behind[0] if len(behind) == 1 else None


def reference_of(
    installation: Installation, kiosk: Kiosk, catalogue: Catalogue, texts: Mapping[str, Sentences]
) -> Reference:
    """Gather what `kiosk` needs out of the configuration."""
    offered = {
        service.id: service
        for service in installation.services
        if not kiosk.services or service.id in kiosk.services
    }
    return Reference(
        centre=installation.centre,
        kiosk=kiosk,
        services=offered,
        agencies={
            agency.id: {language: agency.names.in_(language) for language in texts}
            for agency in installation.agencies
        },
        priorities={priority.id: priority for priority in installation.priority_classes},
        places={each.id: _places(installation, each.id) for each in installation.services},
        every_service={service.id: service for service in installation.services},
        catalogue=catalogue,
        texts=texts,
        public_url=installation.hub.public_url,
        recall_limit=installation.calling.recall_limit,
        templates=_templates(installation, kiosk, texts),
        gone_after=installation.offline.after_seconds,
        kiosk_readmit=installation.calling.kiosk_readmit,
        numbers={counter.id: counter.number for counter in installation.counters},
        procedure_page=installation.catalogue.page,
    )


def _templates(
    installation: Installation, kiosk: Kiosk, languages: Iterable[str]
) -> Mapping[tuple[SlipName, str], SlipTemplate]:
    """The templates of this kiosk's slips, for the paper of its printer."""
    paper_mm = abilities(kiosk.printer).paper_mm if kiosk.printer else 80
    slips: tuple[SlipName, ...] = ("ticket", "checklist")
    return {
        (slip, language): template_for(installation.slips, slip, language, paper_mm)
        for slip in slips
        for language in languages
    }


def _places(installation: Installation, service: str) -> tuple[Place, ...]:
    return tuple(
        Place(counter.id, counter.number)
        for counter in sorted(installation.counters, key=lambda counter: counter.number)
        if any(service in tier for tier in counter.profile)
    )
