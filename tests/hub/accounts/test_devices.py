"""Devices sign in with their own token, and their list is their role."""

import pytest

from hub.accounts.devices import devices_of, token_hash
from service_floor.queue.commands import Actor, Role


@pytest.mark.parametrize(
    "actor",
    [
        Actor("k1", Role.KIOSK),
        Actor("t3", Role.COUNTER, "c3"),
        Actor("board", Role.BOARD),
        Actor("hall", Role.AGENT),
        Actor("desk", Role.SUPERVISOR),
    ],
)
def test_a_device_is_what_its_list_says(hall, actor) -> None:
    assert devices_of(hall).authenticate(actor.device, f"{actor.device}-0123456789abcdef") == actor


@pytest.mark.parametrize(
    ("device", "token"),
    [
        ("k1", "k2-0123456789abcdef"),
        ("k1", ""),
        ("k1", "k1-0123456789abcde"),
        ("k1", "\udc80"),
        ("nobody", "k1-0123456789abcdef"),
        ("", ""),
    ],
)
def test_any_other_token_is_nobodys(hall, device, token) -> None:
    assert devices_of(hall).authenticate(device, token) is None


def test_no_token_can_be_read_back(hall) -> None:
    devices = devices_of(hall)
    assert "0123456789abcdef" not in repr(vars(devices))


def test_an_account_outweighs_the_configuration_until_it_is_revoked(hall) -> None:
    devices = devices_of(hall)
    assert devices.replace_token_hashes({"k1": token_hash("fresh")}) == {"k1"}
    assert devices.authenticate("k1", "k1-0123456789abcdef") is None
    assert devices.authenticate("k1", "fresh") == Actor("k1", Role.KIOSK)
    assert devices.replace_token_hashes({"k1": None, "k2": None, "nobody": None}) == {"k1", "k2"}
    assert devices.authenticate("k1", "fresh") is None
    assert devices.authenticate("k2", "k2-0123456789abcdef") is None
    assert devices.authenticate("k3", "k3-0123456789abcdef") is not None
    assert devices.replace_token_hashes({"k1": None, "k2": None}) == frozenset()
