import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.signs.letters import led_text


@pytest.mark.parametrize(
    ("text", "columns", "shown"),
    [
        ("A-042", 8, "A-042"),
        ("Quầy 5", 8, "QUAY 5"),
        ("TẠM DỪNG", 8, "TAM DUNG"),
        ("đóng cửa", 8, "DONG CUA"),
        ("nghỉ – trưa", 12, "NGHI - TRUA"),
        ("  A-042\n", 8, "A-042"),
        ("A→042", 8, "A 042"),
        ("A-1042", 5, "A1042"),
        ("A-1042", 4, "1042"),
        ("A-1042", 3, "042"),
        ("tạm dừng", 5, "TAM D"),
        ("tạm dừng", 4, "TAM"),
        ("", 8, ""),
    ],
)
def test_texts_become_letters_that_a_sign_can_show(text: str, columns: int, shown: str) -> None:
    assert led_text(text, columns) == shown


@given(st.text(max_size=40), st.integers(3, 32))
def test_any_text_fits_in_capitals_of_ascii(text: str, columns: int) -> None:
    shown = led_text(text, columns)
    assert len(shown) <= columns
    assert shown.isascii()
    assert shown == shown.upper()
