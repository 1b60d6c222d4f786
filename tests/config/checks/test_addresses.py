"""An address is a machine's name or an IP address, and nothing around it."""

import pytest

from config.advice import advice
from config.checks.addresses import inner_address, is_address, is_loopback
from config.loading import load


@pytest.mark.parametrize(
    "text",
    ["10.0.0.2", "0.0.0.0", "::", "2001:db8::5", "::1", "hub", "hub.lan", "hub.lan.", "may-chu_01.lamson.lan", "1a", "localhost"],
)  # fmt: skip
def test_addresses(text: str) -> None:
    assert is_address(text)
    assert inner_address(text) == ""


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("http://10.0.0.2:8710", "10.0.0.2"),
        ("https://hub.lan/board/", "hub.lan"),
        ("ws://hub.lan:8711", "hub.lan"),
        ("hub.lan:8710", "hub.lan"),
        ("10.0.0.2/", "10.0.0.2"),
        ("//hub", "hub"),
        (" hub.lan ", "hub.lan"),
        ("http://[2001:db8::5]:8710/", "2001:db8::5"),
        ("[::1]", "::1"),
        ("http:hub", "hub"),
        ("không phải địa chỉ", ""),
        ("10.0.0.256", ""),
        ("10.0.0", ""),
        ("1.2.3.4.5", ""),
        ("-hub", ""),
        ("hub..lan", ""),
        ("http://", ""),
        ("a" * 64, ""),
        ("a." * 200 + "a", ""),
        ("máy-chủ", ""),
    ],
)
def test_what_is_no_address_and_what_was_meant(text: str, meant: str) -> None:
    assert not is_address(text)
    assert inner_address(text) == meant


@pytest.mark.parametrize(("text", "own"), [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("::", False), ("hub", False)])  # fmt: skip
def test_loopback(text: str, own: bool) -> None:
    assert is_loopback(text) is own


def test_each_address_of_the_file_is_looked_at(mistakes) -> None:
    wrong = {
        "hub": {"host": "không phải địa chỉ", "address": "http://10.0.0.2:8710"},
        "kiosks[0].printer.port.host": "http://printer",
    }
    assert sorted(mistakes(wrong)) == [
        ("hub.address", "not_an_address"),
        ("hub.host", "not_an_address"),
        ("kiosks[0].printer.port.host", "not_an_address"),
    ]


@pytest.mark.parametrize(
    ("hub", "advised"),
    [
        ({"host": "0.0.0.0"}, True),
        ({"host": "10.0.0.2"}, True),
        ({"host": "127.0.0.1"}, False),
        ({"host": "0.0.0.0", "officer_sign_in": "name"}, False),
        ({"host": "0.0.0.0", "tls": {"certificate": "/c", "key": "/k", "authority": "/a"}}, False),
    ],
)
def test_pins_that_anybody_could_read_are_pointed_out(
    hall, hub: dict[str, object], advised: bool
) -> None:
    codes = {m.code for m in advice(load(hall, {"hub": hub}), (), ())}
    assert ("pins_readable" in codes) is advised
