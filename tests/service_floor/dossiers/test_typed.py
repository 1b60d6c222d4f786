"""What a scanner typed through an input method is its code, or is asked for again; never somebody else's."""

import pytest

from service_floor.dossiers.typed import typed_by_scanner

CARD = "038040000123||Người Không Có Thật|01011940|Nam|Nơi không có|01012021"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("H56.14-240823-0001", "H56.14-240823-0001"),
        ("A1042", "A1042"),
        ("no code at all", "no code at all"),
        (CARD, CARD),
        ("https://mot-cua.ẽample.vn/?ma=H56.14-240823-0001", "H56.14-240823-0001"),
        ("Á042", None),
        ("bà3c4d5e6b7f8b9", None),
        ("Ă.56.14-240823-0001", None),
    ],
)
def test_only_what_is_sure_is_a_code(typed: str, code: str | None) -> None:
    assert typed_by_scanner(typed) == code
