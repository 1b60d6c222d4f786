"""The stand-in for CUPS, for forms that are printed."""

from tests.drivers.documents.conftest import office

__all__ = ["office"]
