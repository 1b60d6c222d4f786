import pytest

from config.model.devices import LedSign as Settings
from config.model.devices import SerialPort
from drivers.errors import DeviceError, DeviceReason
from drivers.protocols import Health, SignState
from drivers.signs.led_sign import LedSign, encode
from drivers.transports.memory import MemoryTransport, memory_pair

SETTINGS = Settings(
    kind="led-sign",
    port=SerialPort(wire="serial", path="/dev/ttyUSB0"),
    address=5,
    columns=8,
    counter="q5",
)


def opened() -> tuple[LedSign, MemoryTransport]:
    near, far = memory_pair("sign-5")
    return LedSign(near, SETTINGS, "sign-5"), far


def test_each_state_is_sent_to_the_address_of_the_sign() -> None:
    sign, board = opened()
    sign.show(SignState("A-042", blink=True))
    sign.show(SignState("Tạm dừng"))
    assert board.read(200, 1) == (
        encode(5, SignState("A-042", blink=True), 8) + encode(5, SignState("TAM DUNG"), 8)
    )


def test_sent_is_not_shown_so_the_status_stays_unknown() -> None:
    sign, board = opened()
    sign.show(SignState("A-042"))
    board.write(b"\x06noise", 1)
    assert sign.status().health is Health.UNKNOWN


def test_a_sign_without_line_is_a_fault() -> None:
    sign, board = opened()
    board.close()
    assert sign.status().health is Health.FAULT
    with pytest.raises(DeviceError) as lost:
        sign.show(SignState("A-042"))
    assert lost.value.reason is DeviceReason.DISCONNECTED
    sign.close()


def test_a_line_that_takes_no_more_is_a_timeout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("drivers.signs.sign._WRITE_SECONDS", 0.05)
    near, board = memory_pair("sign-5")
    sign = LedSign(near, SETTINGS, "sign-5")
    near.write(bytes(4090), 1)
    with pytest.raises(DeviceError) as late:
        sign.show(SignState("A-042"))
    assert late.value.reason is DeviceReason.TIMEOUT
    assert "6 of" in late.value.detail
    board.close()
