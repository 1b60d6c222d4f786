"""Back-off between connections, and what a close by the hub means for the next one."""

import logging

import pytest
from websockets.exceptions import ConnectionClosedError
from websockets.frames import Close

from hub.client.enrolment import GENTLE_PAUSE
from hub.client.reconnection import PAUSES, Reconnection
from hub.messages import CloseCode


def closed(code: int) -> ConnectionClosedError:
    return ConnectionClosedError(Close(code, ""), None)


def test_pauses_grow_until_the_hub_accepts_the_device() -> None:
    retry = Reconnection(has_token=True)
    for pause in (*PAUSES, PAUSES[-1]):
        assert 0.7 * pause <= retry.next_pause() <= 1.3 * pause
    retry.accepted()
    assert retry.next_pause() <= 1.3 * PAUSES[0]


def test_an_enrolment_starts_the_pauses_over() -> None:
    retry = Reconnection(has_token=False)
    retry.next_pause()
    retry.enrolled()
    assert retry.next_pause() <= 1.3 * PAUSES[0]


@pytest.mark.parametrize(
    ("code", "shut_out", "is_gentle"),
    [
        (CloseCode.WRONG_TOKEN, True, True),
        (CloseCode.REPLACED, False, True),
        (1001, False, False),
    ],
)
def test_a_device_that_was_turned_away_waits_before_it_asks_again(
    code: int, shut_out: bool, is_gentle: bool
) -> None:
    retry = Reconnection(has_token=True)
    retry.closed(closed(code), "k1")
    assert retry.shut_out is shut_out
    assert (retry.next_pause() >= GENTLE_PAUSE) is is_gentle
    retry.begin()
    assert not retry.shut_out
    assert retry.next_pause() < GENTLE_PAUSE


def test_a_connection_that_ends_without_a_close_is_no_refusal() -> None:
    retry = Reconnection(has_token=True)
    retry.closed(ConnectionClosedError(None, None), "k1")
    assert not retry.shut_out


def test_a_device_without_a_token_is_shut_out_from_the_start() -> None:
    assert Reconnection(has_token=False).shut_out


def test_a_refusal_is_logged_once_until_the_hub_accepts_the_device(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.ERROR)
    retry = Reconnection(has_token=True)
    for _ in range(3):
        retry.closed(closed(CloseCode.WRONG_TOKEN), "k1")
    retry.distrusted("wss://hub", OSError("expired"))
    assert [r.getMessage() for r in caplog.records] == [
        "the hub does not know device k1 or its token"
    ]
    retry.accepted()
    retry.distrusted("wss://hub", OSError("expired"))
    assert "expired" in caplog.text
