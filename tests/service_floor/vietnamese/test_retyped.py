import re
from collections.abc import Callable
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service_floor.dossiers.scans import ScanKind, classify
from service_floor.vietnamese import telex
from service_floor.vietnamese.retyped import meant

TICKET = re.compile(r"(?:https?://[^\s?#]+/t/)?([0-9a-f]{16})")


def read(text: str) -> str | None:
    """What a counter expects: a ticket by its id, a dossier, a procedure."""
    if ticket := TICKET.fullmatch(text):
        return ticket[1]
    scan = classify(text)
    return None if scan.kind is ScanKind.TICKET_NUMBER else scan.code or None


def vni(keys: str) -> str:
    """VNI as a row of the same signs: a digit that makes none is a digit, and ends the word."""
    return reduce(vni_press, keys, "")


def vni_press(text: str, key: str) -> str:
    ways = {**dict(zip("12345", "sfrxj", strict=True)), "6": "aeo", "7": "w", "8": "w", "9": "d"}
    for way in ways.get(key, ""):
        signed = telex.press(text, way)
        if len(signed) == len(text) and (key != "7" or not set("ăĂ") & set(signed[-3:])):
            return signed
    return text + key


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        ("H56.14-240823-0001", "H56.14-240823-0001"),
        ("Ă.56.14-240823-0001", None),
        ("https://ẽample.vn/t/00112233445566ff", "00112233445566ff"),
        ("https://ccentre.gov.vn/t/00112233445566ff", "00112233445566ff"),
        ("https://hé.vn/t/00112233445566ff", "00112233445566ff"),
        ("bà3c4d5e6b7f8b9", None),
        ("Nguyễn Văn An", None),
    ],
)
def test_only_what_is_sure_is_put_back(seen: str, said: str | None) -> None:
    assert meant(seen, read) == said


@pytest.mark.parametrize("method", [telex.compose, vni])
@given(
    code=st.from_regex(r"[0-9a-f]{16}", fullmatch=True),
    address=st.sampled_from(["", "https://mot-cua.example.vn/t/"]),
)
def test_a_ticket_through_an_input_method_is_itself_or_asked_for_again(
    method: Callable[[str], str], code: str, address: str
) -> None:
    assert meant(method(address + code), read) in {code, None}


@pytest.mark.parametrize("method", [telex.compose, vni])
@pytest.mark.parametrize(
    "code", ["H56.14-240823-0001", "000.17.22.H56-210531-0001", "1.004227.000.00.00.H26"]
)
def test_codes_of_dossiers_and_procedures_come_through(
    method: Callable[[str], str], code: str
) -> None:
    assert meant(method(code), read) == code


@pytest.mark.parametrize(
    "text", ["ự" * 300, "đ" * 400, "ấ" * 1_000, "ấấấấấ", "ấấ" + "x" * 390, "", " "]
)
def test_hostile_texts_end_soon(text: str) -> None:
    assert meant(text, read) is None
