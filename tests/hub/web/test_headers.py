"""Under which names the pages answer, and what stands in every answer."""

import ssl
from datetime import UTC, datetime

import httpx
import pytest

from hub.upkeep.certificates import AUTHORITY, CERTIFICATE, KEY, make_authority
from hub.web.headers import HostNames
from hub.wire.encryption import Encryption

NAMES = HostNames(["Hub.lan", "10.0.0.5", "queue.example.vn"])


@pytest.mark.parametrize(
    ("host", "answered"),
    [
        ("hub.lan", True), ("HUB.LAN:8710", True), ("hub.lan.", True), ("10.0.0.5:8710", True), ("10.9.9.9", True),
        ("queue.example.vn", True), ("[fe80::1]:8710", False), ("hub", True), ("evil.example", False),
        ("hub.lan.evil.example", False), ("10.0.0.6", False), ("[::1", False), ("", False),
    ],
)  # fmt: skip
def test_a_name_of_somebody_else_is_not_answered(host, answered) -> None:
    assert NAMES.has(host, "10.9.9.9") is answered


def test_without_names_every_one_is_answered() -> None:
    assert HostNames([]).has("evil.example", "")


@pytest.mark.parametrize(
    "path", ["/healthz", "/board", "/console", "/api/v1/floor/", "/t/x", "/nothing"]
)
async def test_a_rebound_name_gets_no_page_and_no_redirect(hub, path) -> None:
    async with httpx.AsyncClient(base_url=hub.http, trust_env=False) as browser:
        answer = await browser.get(path, headers={"Host": "evil.example"})
        assert answer.status_code == 421
        assert "location" not in answer.headers
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert (await browser.get(path)).status_code != 421


async def test_without_tls_nothing_is_asked_for(hub) -> None:
    async with httpx.AsyncClient(trust_env=False) as browser:
        plain = await browser.get(f"{hub.http}/healthz")
        assert "strict-transport-security" not in plain.headers


async def test_over_tls_the_browser_is_asked_to_stay_there(start_hub, tmp_path) -> None:
    make_authority(tmp_path / "tls", ("127.0.0.1",), datetime.now(UTC))
    files = [tmp_path / "tls" / name for name in (CERTIFICATE, KEY)]
    context = ssl.create_default_context(cafile=tmp_path / "tls" / AUTHORITY)
    async with (
        start_hub(encryption=Encryption(*files)) as encrypted,
        httpx.AsyncClient(verify=context, trust_env=False) as browser,
    ):
        answer = await browser.get(f"{encrypted.http}/healthz")
        assert answer.headers["strict-transport-security"] == "max-age=31536000"
