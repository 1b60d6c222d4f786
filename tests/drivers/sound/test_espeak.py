from pathlib import Path

import pytest

from drivers.errors import DeviceError, DeviceReason
from drivers.sound.espeak import MAX_CHARACTERS, synthesise
from drivers.sound.wav import duration, samples


def test_words_become_sound_with_a_true_header() -> None:
    wav = synthesise("mời số không bốn hai")
    assert 1 < duration(wav) < 8
    assert any(samples(wav))
    assert int.from_bytes(wav[40:44], "little") == len(wav) - 44


def test_more_words_take_longer_and_faster_speech_less() -> None:
    short = duration(synthesise("mời số hai"))
    assert duration(synthesise("mời số hai đến quầy số mười lăm")) > short
    assert duration(synthesise("mời số hai", speed=260)) < short


def test_words_are_never_taken_for_options() -> None:
    assert duration(synthesise("--version")) > 0.3


def test_an_unknown_voice_is_a_fault_that_says_so() -> None:
    with pytest.raises(DeviceError) as refused:
        synthesise("xin chào", voice="xx")
    assert refused.value.reason is DeviceReason.FAULT
    assert "voice" in refused.value.detail


def test_a_text_without_end_is_refused() -> None:
    with pytest.raises(ValueError, match="at most 1000"):
        synthesise("a" * (MAX_CHARACTERS + 1))


def test_a_missing_engine_is_told_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DeviceError) as refused:
        synthesise("xin chào")
    assert refused.value.reason is DeviceReason.LIBRARY_MISSING
    assert refused.value.detail == "espeak-ng"


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("exec /bin/sleep 60", DeviceReason.TIMEOUT),
        ("echo not a sound", DeviceReason.GARBLED),
    ],
)
def test_an_engine_that_hangs_or_babbles_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, reason: DeviceReason
) -> None:
    program = tmp_path / "espeak-ng"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("drivers.sound.espeak._DEADLINE_SECONDS", 0.2)
    with pytest.raises(DeviceError) as failed:
        synthesise("xin chào")
    assert failed.value.reason is reason
