"""The demonstration's supervisor at the console: gives PINs, and lets devices in by the codes on their screens.

What a browser does, this does too: cookies, the tokens of forms, and where a form came from.
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
    """One browser at the console; raises DemoError where the console says no."""

    def __init__(self, pages: str, trust: ssl.SSLContext | None) -> None:
        """`trust` is whom the pages are believed by, None where they come plainly."""
        self._pages = pages
        handlers = (HTTPCookieProcessor(CookieJar()), HTTPSHandler(context=trust))
        self._browser = build_opener(ProxyHandler({}), *handlers)
        self._token = ""

    def sign_in(self, officer: str, pin: str) -> None:
        """Come in."""
        self._send("sign-in", officer=officer, pin=pin, lang="en")

    def give_pin(self, officer: str, pin: str) -> None:
        """Give an officer a PIN, typed twice."""
        self._send("officers/pin", officer=officer, first=pin, second=pin)

    def let_in(self, device: str, code: str) -> None:
        """Type the code that stands on the device's screen."""
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
