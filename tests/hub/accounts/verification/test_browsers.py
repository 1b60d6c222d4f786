"""Device cookies are those of this hub."""

import pytest

from hub.accounts.verification.browsers import COOKIE, COOKIE_OF_TLS, Browsers


def test_a_cookie_is_recognised_by_the_hub_that_made_it() -> None:
    browsers = Browsers(b"k" * 32)
    cookie = browsers.new()
    name = browsers.recognise({COOKIE: cookie})
    assert name
    assert cookie.startswith(name)
    assert Browsers(b"k" * 32).recognise({COOKIE_OF_TLS: cookie}) == name
    assert Browsers(b"x" * 32).recognise({COOKIE: cookie}) == ""


@pytest.mark.parametrize("cookie", ["", ".", "a", "a.", "a.b", "ế.b", "a" * 200 + ".b"])
def test_others_are_not(cookie) -> None:
    assert Browsers(b"k" * 32).recognise({COOKIE: cookie}) == ""
