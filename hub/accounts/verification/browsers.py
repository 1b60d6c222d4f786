"""Device cookies: recognise a browser that signed in before (OWASP, "device cookies" against lock-outs as a weapon).

A cookie is a random id with an HMAC-SHA256 under a key of this hub. It opens nothing: it says which count of wrong PINs an
attempt belongs to, and that its requests have places of their own.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from typing import Final

COOKIE: Final = "browser"
COOKIE_OF_TLS: Final = "__Host-browser"
"""Over TLS the prefix binds the cookie to this very host (RFC 6265bis)."""
_ID_BYTES: Final = 16
_LONGEST: Final = 120


class Browsers:
    """Makes and verifies device cookies. The key is kept in the hub's database: a restart forgets no browser."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def new(self) -> str:
        """The cookie of a browser that signs in for the first time."""
        name = secrets.token_urlsafe(_ID_BYTES)
        return f"{name}.{self._sign(name)}"

    def recognise(self, cookies: Mapping[str, str]) -> str:
        """The id of the browser with these cookies; empty if there is none, or not from this hub."""
        cookie = cookies.get(COOKIE_OF_TLS) or cookies.get(COOKIE) or ""
        name, _, signature = cookie.partition(".")
        if len(cookie) > _LONGEST or not name or not cookie.isascii():
            return ""
        return name if hmac.compare_digest(signature, self._sign(name)) else ""

    def _sign(self, name: str) -> str:
        digest = hmac.new(self._key, name.encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")
