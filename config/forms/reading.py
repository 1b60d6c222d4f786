"""Parser of a form's values from a JSON file, for previews; errors are those of the configuration's letter."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import from_json

from config.errors import ConfigurationError, Mistake, MistakeCode
from config.findings import shown
from config.forms.values import FormValues
from config.paths import written
from config.shape import nearest


def read_values(form: type[FormValues], file: Path) -> FormValues:
    """The values in the file; raises ConfigurationError with every mistake in it, OSError if it cannot be read."""
    content = file.read_bytes()
    try:
        from_json(content)
    except ValueError as error:
        mistake = Mistake("", MistakeCode.NOT_JSON, shown(str(error)))
        raise ConfigurationError(file, (mistake,)) from error
    try:
        return form.model_validate_json(content)
    except ValidationError as error:
        raise ConfigurationError(file, tuple(_mistakes(error, form))) from error


def _mistakes(error: ValidationError, form: type[FormValues]) -> Iterator[Mistake]:
    for detail in error.errors(include_url=False):
        place = written(step for step in detail["loc"] if step not in {"day", "moment"})
        if detail["type"] == "extra_forbidden":
            known, name = tuple(form.model_fields), str(detail["loc"][-1])
            yield Mistake(place, MistakeCode.UNKNOWN_KEY, shown(name), known, nearest(name, known))
        else:
            found = shown(str(detail["input"]))
            yield Mistake(place, MistakeCode.INVALID, found, (detail["msg"],))
