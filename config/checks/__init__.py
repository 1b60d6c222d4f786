"""Cross-field validation: values that are valid by themselves and contradict something elsewhere in the file."""

from collections.abc import Iterator

from config.checks.addresses import check_addresses
from config.checks.devices import check_devices
from config.checks.hours import check_hours
from config.checks.numbering import check_numbering
from config.checks.references import check_references
from config.checks.slips import check_slips
from config.errors import Mistake
from config.model import Installation

__all__ = ["contradictions"]


def contradictions(installation: Installation) -> Iterator[Mistake]:
    """Every contradiction inside an installation."""
    yield from check_references(installation)
    yield from check_numbering(installation)
    yield from check_hours(installation)
    yield from check_devices(installation)
    yield from check_slips(installation)
    yield from check_addresses(installation)
