"""Browser session of the demonstration's supervisor at the console: sets PINs, and enrols devices by the codes on their
screens.

It sends what a browser would: cookies, the CSRF tokens of forms, and their origin.
"""

import re
import ssl
from http.cookiejar import CookieJar
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPSHandler, ProxyHandler, Request, build_opener

from centerfloor.demo.processes import DemoError

SECONDS = 20.0
_TOKEN = re.compile(r'name="form_token" value="([^"]+)"')
_COMPLAINT = re.compile(r'<p class="notice bad" role="alert">([^<]*)')


class Supervisor:
    """One browser session at the console; raises DemoError if the console refuses."""

    def __init__(self, pages: str, trust: ssl.SSLContext | None) -> None:
        """`trust` verifies the pages' certificate, None without TLS."""
        self._pages = pages
        handlers = (HTTPCookieProcessor(CookieJar()), HTTPSHandler(context=trust))
        self._browser = build_opener(ProxyHandler({}), *handlers)
        self._token = ""

    def sign_in(self, officer: str, pin: str) -> None:
        """Authenticate."""
        self._send("sign-in", officer=officer, pin=pin, lang="en")

    def give_pin(self, officer: str, pin: str) -> None:
        """Set an officer's PIN, typed twice."""
        self._send("officers/pin", officer=officer, first=pin, second=pin)

    def let_in(self, device: str, code: str) -> None:
        """Enrol a device by the code on its screen."""
        self._send("devices/enrol", device=device, code=code)

    def _send(self, page: str, **fields: str) -> None:
        form = urlencode({"form_token": self._token, **fields}).encode()
        asked = Request(f"{self._pages}/console/{page}", form, {"Origin": self._pages})
        try:
            with self._browser.open(asked, timeout=SECONDS) as answer:
                text = answer.read().decode()
        except URLError as problem:
            raise DemoError(f"the console, {page}: {problem}") from problem
        if complaint := _COMPLAINT.search(text):
            raise DemoError(f"the console, {page}: {complaint[1]}")
        if token := _TOKEN.search(text):
            self._token = token[1]
