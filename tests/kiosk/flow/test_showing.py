"""What a citizen sees of the camera, and that a code was read."""

from dataclasses import replace

import pytest

from config.model.devices import CameraScanner
from drivers.protocols import Health
from kiosk.flow.events import ScannerChanged
from kiosk.flow.screens import Button, Page
from kiosk.flow.showing import READ_SECONDS

CODE = "H56.14-261102-0001"


@pytest.fixture
def before_camera(reference, new_citizen_at):
    """Somebody before a kiosk with a camera in place of a scanner."""
    camera = CameraScanner(kind="camera", source="/dev/video0")
    kiosk = reference.kiosk.model_copy(update={"scanner": camera})
    return new_citizen_at(replace(reference, kiosk=kiosk))


def test_the_picture_is_shown_while_the_camera_gives_one(before_camera) -> None:
    citizen = before_camera
    assert not citizen.screen.preview
    assert "camera" in citizen.screen.scan_hint
    citizen.sees(ScannerChanged(Health.READY))
    assert citizen.screen.preview
    assert citizen.flow.picture().has_preview
    citizen.sees(ScannerChanged(Health.FAULT))
    assert not citizen.screen.preview
    assert "không hoạt động" in citizen.screen.scan_hint


def test_the_picture_is_shown_where_a_code_is_held_and_nowhere_else(before_camera) -> None:
    citizen = before_camera
    citizen.sees(ScannerChanged(Health.READY))
    citizen.taps(Button.DOSSIER)
    assert citizen.screen.preview
    assert "camera" in citizen.screen.notice.text
    citizen.taps(Button.HOME)
    citizen.taps(Button.SERVICES)
    assert not citizen.flow.picture().has_preview


def test_who_tracks_a_dossier_is_told_that_the_camera_is_gone(before_camera) -> None:
    citizen = before_camera
    citizen.sees(ScannerChanged(Health.FAULT))
    citizen.taps(Button.DOSSIER)
    assert (citizen.screen.preview, citizen.screen.notice.tone) == (False, "warning")


def test_another_scanner_shows_no_picture(citizen) -> None:
    citizen.sees(ScannerChanged(Health.READY))
    assert not citizen.screen.preview
    assert "máy quét" in citizen.screen.scan_hint


def test_a_code_that_was_read_leaves_its_mark_for_a_moment(before_camera) -> None:
    citizen = before_camera
    assert not citizen.flow.picture().frame.code_read
    citizen.scans(CODE)
    assert citizen.page is Page.DOSSIER
    assert citizen.flow.picture().frame.code_read
    citizen.waits(READ_SECONDS)
    assert not citizen.flow.picture().frame.code_read


def test_a_code_that_nobody_wanted_leaves_no_mark(before_camera) -> None:
    citizen = before_camera
    citizen.taps(Button.SERVICES)
    citizen.taps(Button.SERVICE, "civil-status")
    citizen.scans(CODE)
    assert citizen.page is Page.CONFIRM
    assert not citizen.flow.picture().frame.code_read
