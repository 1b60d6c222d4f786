"""What this centre is: the declarative model of an installation, its letters, its catalogue."""

from config.errors import ConfigurationError
from config.loading import load
from config.model import Installation

__all__ = ["ConfigurationError", "Installation", "load"]
