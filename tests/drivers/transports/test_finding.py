from pathlib import Path

import pytest

from drivers.transports.finding import SerialPlaces, usb_identity, usb_printers


@pytest.fixture
def dev(tmp_path: Path) -> Path:
    """A folder of ports with their stable names, as udev makes it."""
    for name in ("by-id", "by-path"):
        (tmp_path / name).mkdir()
    for name in ("ttyUSB0", "ttyUSB1"):
        (tmp_path / name).touch()
    return tmp_path


def places(dev: Path) -> SerialPlaces:
    return SerialPlaces(str(dev / "by-id"), str(dev / "by-path"))


def test_a_port_is_followed_by_its_identity_to_another_place(dev: Path) -> None:
    known, configured, name = places(dev), str(dev / "ttyUSB0"), dev / "by-id" / "usb-printer"
    assert known.find(configured) == configured
    name.symlink_to(dev / "ttyUSB0")
    known.remember(configured, configured)
    name.unlink()
    # Another device may have taken the place meanwhile: it is left alone.
    assert known.find(configured) == str(name)
    name.symlink_to(dev / "ttyUSB1")
    assert known.find(configured) == str(name)


def test_a_port_without_identity_is_followed_by_its_socket(dev: Path) -> None:
    known, configured, name = places(dev), str(dev / "ttyUSB0"), dev / "by-path" / "socket-1"
    name.symlink_to(dev / "ttyUSB0")
    known.remember(configured, configured)
    name.unlink()
    assert known.find(configured) == configured
    name.symlink_to(dev / "ttyUSB1")
    assert known.find(configured) == str(name)


def test_a_star_takes_the_first_and_then_the_same_while_it_is_there(dev: Path) -> None:
    known, pattern = places(dev), str(dev / "by-id" / "usb-*")
    assert known.find(pattern) == pattern
    for name, port in (("usb-b", "ttyUSB0"), ("usb-c", "ttyUSB1")):
        (dev / "by-id" / name).symlink_to(dev / port)
    assert known.find(pattern).endswith("usb-b")
    known.remember(pattern, str(dev / "by-id" / "usb-c"))
    assert known.find(pattern).endswith("usb-c")
    (dev / "by-id" / "usb-c").unlink()
    assert known.find(pattern).endswith("usb-b")


def test_a_stable_name_stays_as_it_is(dev: Path) -> None:
    known, name = places(dev), str(dev / "by-id" / "usb-printer")
    known.remember(name, name)
    assert known.find(name) == name


def test_usb_printers_are_told_apart_by_what_they_say(tmp_path: Path) -> None:
    system = tmp_path / "sys"
    for port, said, serial in (("lp0", "MFG:EPSON;MDL:TM-T20III;", "X1"), ("lp1", "MFG:POS;", "X2")):  # fmt: skip
        (tmp_path / port).touch()
        device = tmp_path / "devices" / port
        (device / "interface").mkdir(parents=True)
        (device / "serial").write_text(serial + "\n")
        (device / "interface" / "ieee1284_id").write_text(said)
        place = system / "class" / "usbmisc" / port
        place.mkdir(parents=True)
        (place / "device").symlink_to(device / "interface")
    pattern, root = str(tmp_path / "lp*"), str(system)
    assert usb_identity(str(tmp_path / "lp1"), root) == "MFG:POS; X2"
    assert usb_printers(pattern, "", root) == [str(tmp_path / "lp0"), str(tmp_path / "lp1")]
    assert usb_printers(pattern, "TM-T20", root) == [str(tmp_path / "lp0")]
    assert usb_printers(pattern, "X2", root) == [str(tmp_path / "lp1")]
    assert usb_printers(str(tmp_path / "lp0"), "X2", root) == []
    assert usb_identity("/dev/usb/lp9", root) == ""
