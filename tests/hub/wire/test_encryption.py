"""TLS on loopback: the centre's own authority is believed and no other, on both listeners."""

import asyncio
import logging
import os
import ssl
import stat
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidMessage

from hub.client import HubAddress, Link, Outbox, TokenFile, address_of, context_of, enrol, pin_of
from hub.client.enrolment_request import OtherDeviceError
from hub.errors import HubError, HubProblem
from hub.messages import Enrol, Topic
from hub.upkeep.certificates import (
    CERTIFICATE,
    CERTIFICATE_LASTS,
    KEY,
    make_authority,
    renew_certificate,
)
from hub.wire.encryption import WARN_BEFORE, Encryption

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def keys(tmp_path_factory):
    folder = tmp_path_factory.mktemp("keys") / "tls"
    make_authority(folder, ["127.0.0.1", "hub.lan"], NOW)
    return folder


@pytest.fixture
async def hub(start_hub, keys):
    async with start_hub(encryption=Encryption(keys / "hub.pem", keys / "hub-key.pem")) as hub:
        yield hub


@pytest.fixture
def outbox(tmp_path):
    outbox = Outbox(tmp_path / "k1.outbox")
    yield outbox
    outbox.close()


def address(hub, folder, device="k1", token="k1-0123456789abcdef"):
    return HubAddress(hub.floor, device, token, str(folder / "authority.pem"))


class Ear:
    def __init__(self):
        self.up = asyncio.Event()

    def changed(self, change):
        pass

    def connected(self, up):
        self.up.set() if up else self.up.clear()


async def test_a_device_talks_encrypted_with_the_hub_that_its_authority_vouches_for(
    hub, keys, outbox
) -> None:
    assert hub.floor.startswith("wss://")
    ear = Ear()
    link = Link(address(hub, keys), [Topic.FLOOR], outbox, ear)
    running = asyncio.create_task(link.run())
    async with asyncio.timeout(10):
        await ear.up.wait()
    running.cancel()
    await asyncio.wait([running])


async def test_pages_are_encrypted_too(hub, keys) -> None:
    context = ssl.create_default_context(cafile=keys / "authority.pem")
    async with httpx.AsyncClient(verify=context, trust_env=False) as client:
        assert (await client.get(f"{hub.http}/healthz")).status_code == 200


async def test_another_authority_is_not_believed_and_that_is_told_once(
    hub, tmp_path, outbox, caplog
) -> None:
    make_authority(tmp_path / "other", ["127.0.0.1"], NOW)
    ear = Ear()
    other = address(hub, tmp_path / "other")
    link = Link(other, [], outbox, ear)
    for _ in range(2):
        await link._converse()
    told = [r.getMessage() for r in caplog.records if "not believed" in r.getMessage()]
    assert len(told) == 1
    assert not ear.up.is_set()


async def test_a_hub_of_another_name_is_not_believed(start_hub, tmp_path) -> None:
    folder = tmp_path / "tls"
    make_authority(folder, ["hub.lan"], NOW)
    async with start_hub(encryption=Encryption(folder / "hub.pem", folder / "hub-key.pem")) as hub:
        with pytest.raises(ssl.SSLCertVerificationError):
            await connect(hub.floor, ssl=context_of(address(hub, folder)), proxy=None)


async def test_who_talks_plainly_is_refused(hub) -> None:
    with pytest.raises((InvalidMessage, OSError)):
        await connect(hub.floor.replace("wss:", "ws:"), proxy=None)
    async with httpx.AsyncClient(trust_env=False, verify=False) as client:
        with pytest.raises(httpx.TransportError):
            await client.get(hub.http.replace("https:", "http:"))


async def test_a_browser_gets_the_pin_of_the_hubs_key(hub, keys) -> None:
    pin = await asyncio.to_thread(pin_of, address(hub, keys))
    assert len(pin) == 44
    with pytest.raises(ValueError, match="ws:"):
        pin_of(HubAddress("ws://127.0.0.1:1", "k1", ""))


async def test_a_device_is_enrolled_over_tls_and_keeps_its_token(
    hub, keys, tmp_path, outbox, talk
) -> None:
    shown: asyncio.Queue[object] = asyncio.Queue()
    mine = address(hub, keys, token="")
    asking = asyncio.create_task(enrol(mine, Enrol(kind="kiosk"), shown.put_nowait))
    async with asyncio.timeout(10):
        code = (await shown.get()).code
        assert await hub.authentication.approve(code, "k1", "tech") is None
        token = await asking
    TokenFile(tmp_path, "k1").keep(token)
    ear = Ear()
    enrolled = address(hub, keys, token=TokenFile(tmp_path, "k1").read())
    running = asyncio.create_task(Link(enrolled, [], outbox, ear).run())
    async with asyncio.timeout(10):
        await ear.up.wait()
    running.cancel()
    await asyncio.wait([running])


async def test_a_code_typed_for_another_device_is_noticed(hub, keys) -> None:
    shown: asyncio.Queue[object] = asyncio.Queue()
    mine = address(hub, keys, token="")
    asking = asyncio.create_task(enrol(mine, Enrol(kind="kiosk"), shown.put_nowait))
    async with asyncio.timeout(10):
        assert await hub.authentication.approve((await shown.get()).code, "k2", "tech") is None
        with pytest.raises(OtherDeviceError, match="k1 was enrolled as k2"):
            await asking


async def test_a_hub_that_is_not_there_is_asked_again(monkeypatch) -> None:
    shown: asyncio.Queue[object] = asyncio.Queue()
    monkeypatch.setattr("hub.client.enrolment_request.PAUSE", 0.01)
    nowhere = HubAddress("ws://127.0.0.1:9", "k1", "")
    asking = asyncio.create_task(enrol(nowhere, Enrol(kind="kiosk"), shown.put_nowait))
    assert [await shown.get() for _ in range(2)] == [None, None]
    asking.cancel()
    await asyncio.wait([asking])


def test_the_configuration_leads_to_an_encrypted_address(hall, keys) -> None:
    tls = {
        "certificate": str(keys / "hub.pem"),
        "key": str(keys / "hub-key.pem"),
        "authority": str(keys / "authority.pem"),
    }
    changed = type(hall).model_validate(
        hall.model_dump() | {"hub": hall.hub.model_dump() | {"tls": tls}}
    )
    found = address_of(changed, "k1", "token")
    assert (found.url, found.authority) == ("wss://127.0.0.1:8711", tls["authority"])
    assert Encryption.of(changed.hub.tls) == Encryption(keys / "hub.pem", keys / "hub-key.pem")
    assert Encryption.of(hall.hub.tls) is None


def test_keys_are_their_owners_alone(keys) -> None:
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in keys.iterdir()}
    assert modes.pop("hub-key.pem") == modes.pop("authority-key.pem") == 0o600
    assert set(modes) == {"hub.pem", "authority.pem"}


def test_a_second_authority_does_not_replace_the_first(keys) -> None:
    with pytest.raises(HubError) as caught:
        make_authority(keys, ["hub"], NOW)
    assert caught.value.code is HubProblem.TLS_EXISTS


def test_a_renewal_keeps_key_and_names(tmp_path) -> None:
    make_authority(tmp_path, ["hub.lan", "10.0.0.2"], NOW)
    before = x509.load_pem_x509_certificate((tmp_path / "hub.pem").read_bytes())
    later = NOW + timedelta(days=900)
    assert renew_certificate(tmp_path, [], later) == later + CERTIFICATE_LASTS
    after = x509.load_pem_x509_certificate((tmp_path / "hub.pem").read_bytes())
    assert after.public_key() == before.public_key()
    assert after.fingerprint(hashes.SHA256()) != before.fingerprint(hashes.SHA256())
    names = x509.SubjectAlternativeName
    assert after.extensions.get_extension_for_class(names) == before.extensions.get_extension_for_class(names)  # fmt: skip


@pytest.mark.parametrize("spoilt", ["authority.pem", "authority-key.pem", "hub-key.pem", "hub.pem"])
def test_a_spoilt_or_missing_file_is_named(tmp_path, spoilt) -> None:
    make_authority(tmp_path, ["hub.lan"], NOW)
    (tmp_path / spoilt).write_text("no pem", "utf-8")
    with pytest.raises(HubError):
        renew_certificate(tmp_path, [], NOW)
    (tmp_path / "authority.pem").unlink(missing_ok=True)
    with pytest.raises(HubError) as caught:
        renew_certificate(tmp_path, ["hub.lan"], NOW)
    assert caught.value.code is HubProblem.TLS_NO_AUTHORITY


def test_a_hub_with_an_unusable_certificate_does_not_start(tmp_path) -> None:
    for content in (None, "no pem"):
        if content:
            (tmp_path / "hub.pem").write_text(content, "utf-8")
        with pytest.raises(HubError) as caught:
            Encryption(tmp_path / "hub.pem", tmp_path / "key.pem").context(NOW)
        assert caught.value.code is HubProblem.TLS_UNUSABLE


@pytest.mark.parametrize(
    ("left", "level"),
    [
        (WARN_BEFORE + timedelta(days=1), []),
        (timedelta(days=3), [logging.WARNING]),
        (-timedelta(days=1), [logging.ERROR]),
    ],
)
def test_a_certificate_that_runs_out_is_told_at_the_start(keys, caplog, left, level) -> None:
    now = NOW + CERTIFICATE_LASTS - left
    Encryption(keys / "hub.pem", keys / "hub-key.pem").context(now)
    assert [record.levelno for record in caplog.records] == level


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another user")
def test_a_key_of_another_user_names_the_remedy(tmp_path) -> None:
    make_authority(tmp_path, ("localhost",), datetime.now(UTC))
    os.seteuid(65534)
    try:
        with pytest.raises(HubError) as caught:
            Encryption(tmp_path / CERTIFICATE, tmp_path / KEY).context(datetime.now(UTC))
    finally:
        os.seteuid(0)
    assert caught.value.code == "tls_denied"
    assert (caught.value.data["user"], caught.value.data["owner"]) == ("nobody", "root")
