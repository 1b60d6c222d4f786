import time
from pathlib import Path

import pytest

from config.model.devices import WavFolderSpeaker as Settings
from drivers.errors import DeviceError, DeviceReason
from drivers.protocols import Health
from drivers.sound.wav import silence
from drivers.sound.wav_folder import WavFolderSpeaker


def opened(folder: Path, keep: int = 500) -> WavFolderSpeaker:
    return WavFolderSpeaker(Settings(kind="wav-folder", folder=str(folder)), "hall", keep=keep)


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_each_announcement_is_a_file_and_takes_no_time(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "yet"
    speaker = opened(folder)
    started = time.monotonic()
    speaker.play(silence(60))
    speaker.play(silence(1))
    assert time.monotonic() - started < 2
    assert names(folder) == ["000001.wav", "000002.wav"]
    assert (folder / "000002.wav").read_bytes() == silence(1)
    assert speaker.status().health is Health.READY
    speaker.close()


def test_numbers_go_on_after_a_restart_and_other_files_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "000041.wav").write_bytes(silence(0))
    (tmp_path / "notes.wav").write_text("mine")
    opened(tmp_path).play(silence(0.1))
    assert names(tmp_path) == ["000041.wav", "000042.wav", "notes.wav"]


def test_only_the_last_announcements_are_kept(tmp_path: Path) -> None:
    speaker = opened(tmp_path, keep=3)
    for _ in range(10):
        speaker.play(silence(0))
    assert names(tmp_path) == ["000008.wav", "000009.wav", "000010.wav"]


def test_bytes_that_are_no_sound_are_not_kept(tmp_path: Path) -> None:
    speaker = opened(tmp_path)
    with pytest.raises(DeviceError) as garbled:
        speaker.play(b"RIFF")
    assert garbled.value.reason is DeviceReason.GARBLED
    assert names(tmp_path) == []


def test_a_folder_that_cannot_be_is_not_found_at_opening(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(DeviceError) as missing:
        opened(tmp_path / "file")
    assert missing.value.reason is DeviceReason.NOT_FOUND


def test_a_folder_taken_away_is_a_fault_at_the_next_announcement(tmp_path: Path) -> None:
    folder = tmp_path / "wav"
    speaker = opened(folder)
    folder.rmdir()
    with pytest.raises(DeviceError) as gone:
        speaker.play(silence(0.1))
    assert gone.value.reason is DeviceReason.FAULT
    assert speaker.status().health is Health.FAULT
