import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from config.findings import mistake_at, shown
from config.letter import sentence
from plumbing.languages import LANGUAGES
from plumbing.sentences import load_sentences


class Sheet(BaseModel):
    """One field of each type that a file may hold."""

    model_config = ConfigDict(strict=True)

    text: str = ""
    integer: int = 0
    number: float = 0
    boolean: bool = False
    table: dict[str, int] = {}
    list: tuple[int, ...] = Field((), max_length=2)


@pytest.mark.parametrize("field", sorted(Sheet.model_fields))
def test_a_wrong_type_is_answered_with_the_right_one_in_every_language(field: str) -> None:
    with pytest.raises(ValidationError) as raised:
        Sheet.model_validate({field: object()})
    (detail,) = raised.value.errors()
    mistake = mistake_at(field, detail, None)
    assert mistake is not None
    assert (mistake.code, mistake.allowed) == ("wrong_type", (field,))
    for language in LANGUAGES:
        allowed = load_sentences("config", language).say(f"types.{field}")
        assert allowed in sentence(mistake, language)


def test_entries_are_counted() -> None:
    with pytest.raises(ValidationError) as raised:
        Sheet.model_validate({"list": (1, 2, 3)})
    (detail,) = raised.value.errors()
    mistake = mistake_at("list", detail, [1, 2, 3])
    assert mistake is not None
    assert (mistake.code, mistake.found, mistake.allowed) == ("list_length", "3", ("≤ 2",))


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"token": "x"}, "{…}"),
        (["x"], "[…]"),
        (True, "true"),
        ('a"b', '"a\\"b"'),
        ("Đ" * 99, '"' + "Đ" * 59 + '…"'),
        (1.5, "1.5"),
        (10**70, "1" + "0" * 58 + "…"),
        (None, "null"),
    ],
)
def test_a_value_is_shown_short_and_without_what_lies_inside(value, said) -> None:
    assert shown(value) == said
    assert shown(value, secret=True) == "•••"
