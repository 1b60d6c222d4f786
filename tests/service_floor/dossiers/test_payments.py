"""Payment QR codes give the texts of their fields, nested ones too, and nothing of another text."""

import pytest

from service_floor.dossiers.payments import is_payment, payment_texts

CODE = "00020101021138140010A00000072762100806PHI 01630412AB"


def test_the_fields_come_in_their_order() -> None:
    assert payment_texts(CODE) == ("01", "11", "A000000727", "PHI 01", "12AB")


@pytest.mark.parametrize("text", ["", "0002", "000299", "x0002010102", "00020x"])
def test_other_texts_have_no_fields(text: str) -> None:
    assert not is_payment(text)
    assert payment_texts(text) == ()


def test_a_code_that_breaks_off_gives_what_came_before() -> None:
    assert payment_texts("0002010102115925NGUYEN") == ("01", "11", "NGUYEN")


def test_fields_in_fields_are_opened_to_a_depth() -> None:
    deep = "0101x"
    for _ in range(5):
        deep = f"26{len(deep):02}{deep}"
    assert payment_texts(f"000201{deep}") == ("01", "26050101x")
