"""The one declaration of every setting: type, limits, default and sentence."""

from config.model.installation import Installation

__all__ = ["Installation"]
