"""Where a program finds its hub; the token stays out of sight."""

from config.model import Installation
from hub.client import address_of


def test_the_address_is_that_of_the_configuration(hall: Installation) -> None:
    address = address_of(hall, "k1", "secret-of-k1")
    assert address.url == "ws://127.0.0.1:8711"
    assert "secret" not in repr(address)
