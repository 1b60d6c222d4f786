import threading
import time
from pathlib import Path

import pytest

from config.model.devices import AlsaSpeaker as Settings
from drivers.errors import DeviceError, DeviceReason
from drivers.protocols import Health
from drivers.sound.aplay import AlsaSpeaker
from drivers.sound.wav import chime, silence

# ALSA's own "null" device swallows sound on machines without a card.
NULL = Settings(kind="alsa", card="null")


@pytest.fixture
def slow_player(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A player that takes its sound and then hangs, once it is told to."""
    program = tmp_path / "aplay"
    hang = tmp_path / "hang"
    program.write_text(f"#!/bin/sh\n/bin/cat >/dev/null\n[ ! -e {hang} ] || exec /bin/sleep 60\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    return hang


def test_sound_is_played_to_its_end() -> None:
    speaker = AlsaSpeaker(NULL, "hall")
    speaker.play(chime())
    assert speaker.status().health is Health.READY
    speaker.close()


def test_a_card_that_is_not_there_is_found_out_at_opening() -> None:
    with pytest.raises(DeviceError) as missing:
        AlsaSpeaker(Settings(kind="alsa", card="hw:31"), "hall")
    assert missing.value.reason is DeviceReason.NOT_FOUND
    assert "hw:31" in missing.value.detail


def test_a_machine_without_aplay_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DeviceError) as missing:
        AlsaSpeaker(NULL, "hall")
    assert missing.value.reason is DeviceReason.LIBRARY_MISSING


def test_bytes_that_are_no_sound_never_reach_the_card() -> None:
    speaker = AlsaSpeaker(NULL, "hall")
    with pytest.raises(DeviceError) as garbled:
        speaker.play(b"not a wav")
    assert garbled.value.reason is DeviceReason.GARBLED
    speaker.close()


def test_a_player_that_hangs_is_ended_after_the_length_of_the_sound(
    slow_player: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("drivers.sound.aplay._GRACE_SECONDS", 0.1)
    speaker = AlsaSpeaker(NULL, "hall")
    slow_player.touch()
    started = time.monotonic()
    with pytest.raises(DeviceError) as late:
        speaker.play(silence(0.2))
    assert late.value.reason is DeviceReason.TIMEOUT
    assert time.monotonic() - started < 3
    assert speaker.status().health is Health.FAULT


def test_closing_stops_what_is_playing_and_refuses_the_next(slow_player: Path) -> None:
    speaker = AlsaSpeaker(NULL, "hall")
    slow_player.touch()
    closing = threading.Timer(0.2, speaker.close)
    closing.start()
    started = time.monotonic()
    with pytest.raises(DeviceError) as stopped:
        speaker.play(silence(20))
    closing.join()
    assert stopped.value.reason is DeviceReason.DISCONNECTED
    assert time.monotonic() - started < 5
    with pytest.raises(DeviceError):
        speaker.play(silence(0.1))


@pytest.mark.parametrize(
    ("complaint", "reason"),
    [
        ("aplay: main:831: audio open error: Device or resource busy", DeviceReason.BUSY),
        ("ALSA lib pcm.c:2666: Unknown PCM hall", DeviceReason.NOT_FOUND),
        ("aplay: set_params:1456: unable to install hw params", DeviceReason.FAULT),
        ("", DeviceReason.FAULT),
    ],
)
def test_what_the_player_complains_of_becomes_a_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, complaint: str, reason: DeviceReason
) -> None:
    program = tmp_path / "aplay"
    program.write_text(f"#!/bin/sh\n/bin/cat >/dev/null\necho '{complaint}' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DeviceError) as failed:
        AlsaSpeaker(NULL, "hall")
    assert failed.value.reason is reason
    assert complaint in failed.value.detail
