import logging
import threading

import pytest
from PIL import Image

from drivers.escpos import commands
from drivers.escpos.back_channel import BackChannel
from drivers.escpos.graphics import pictures
from drivers.escpos.graphics.stored_pictures import StoredPictures
from drivers.slip import Image as Picture
from drivers.slip import Slip, Text
from drivers.transports.memory import memory_pair


@pytest.fixture
def emblem(tmp_path):
    file = tmp_path / "emblem.png"
    image = Image.new("RGBA", (200, 120), (0, 0, 0, 0))
    image.paste((0, 0, 0, 255), (20, 20, 180, 100))
    image.save(file)
    return file


def slip(file, job="j"):
    return Slip(job, (Picture(str(file)), Text("Số 1")))


@pytest.mark.parametrize("wire", ["tcp", "pty"])
def test_a_picture_goes_over_the_wire_once_and_stands_on_every_slip(simulator, emblem, wire):
    bench = simulator(wire)
    printer = bench.printer("tcvn3", nv_graphics=True)
    first, second, third = (printer.print(slip(emblem, f"j{n}")) for n in range(3))
    printer.close()
    assert [r.outcome.value for r in (first, second, third)] == ["printed"] * 3
    assert first.bytes_sent > 1_000 > 200 > second.bytes_sent
    assert third.bytes_sent == second.bytes_sent
    pictured = sorted(bench.out.glob("slip-*.png"))
    inks = [Image.open(file).histogram()[0] for file in pictured[:3]]
    assert len(inks) == 3
    assert inks[0] == inks[1] == inks[2] > 160 * 80


def test_another_picture_is_given_to_the_printer_and_the_old_one_no_more_printed(simulator, emblem):
    bench = simulator("tcp")
    printer = bench.printer("tcvn3", nv_graphics=True)
    printer.print(slip(emblem))
    with Image.open(emblem) as image:
        image.rotate(90, expand=True).save(emblem)
    changed, again = printer.print(slip(emblem, "a")), printer.print(slip(emblem, "b"))
    printer.close()
    assert changed.bytes_sent > 1_000 > 200 > again.bytes_sent


def test_a_printer_that_keeps_nothing_gets_the_dots_each_time(simulator, emblem):
    bench = simulator("tcp")
    printer = bench.printer("tcvn3")
    sizes = [printer.print(slip(emblem, f"j{n}")).bytes_sent for n in range(2)]
    printer.close()
    assert sizes[0] == sizes[1] > 1_000


def test_a_picture_that_is_not_there_is_left_out_and_told_once(on_paper, profile, tmp_path, caplog):
    pictures._missing.cache_clear()
    missing = tmp_path / "none.png"
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    for _ in range(2):
        printed = on_paper(
            Picture(str(missing)), Picture(str(broken)), Text("Số"), profile=profile()
        )
    assert printed.lines == ("Số",)
    assert caplog.text.count("is left out") == 2


def test_the_key_is_that_of_the_dots(emblem):
    image = pictures.picture(str(emblem), 576)
    key = pictures.key_of(image)
    assert len(key) == 2
    assert all(0x20 <= byte < 0x7F for byte in key)
    other = image.copy()
    other.putpixel((0, 0), 0)
    assert pictures.key_of(other) != key
    assert pictures.stored(image).startswith(b"\x1d(L")
    assert commands.print_stored_picture(key) == b"\x1d(L\x06\x000E" + key + b"\x01\x01"


def test_a_picture_that_went_only_in_part_is_ended_and_forgotten(emblem):
    class Slow:
        def write(self, data, deadline):
            return len(data) - 100

    image = pictures.picture(str(emblem), 576)
    key = pictures.key_of(image)
    stored = StoredPictures(Slow(), None, logging.getLogger("device.test"))
    assert stored.give({key: image}, frozenset()) == bytes(100) + commands.forget_picture(key)
    assert stored.give({key: image}, frozenset()) == b""


@pytest.fixture
def memory():
    """The pictures of a printer without a printer: what is written, and the other end of its wire."""
    near, far = memory_pair("ticket-printer")
    log = logging.getLogger("device.ticket-printer")
    yield StoredPictures(near, BackChannel(near, log), log), far
    near.close()
    far.close()


PICTURE = {b"AA": Image.new("L", (8, 8))}
LARGE = {b"BB": Image.effect_noise((576, 600), 64)}


def test_the_keys_that_the_printer_lists_are_kept_and_other_answers_passed_over(memory) -> None:
    pictures_, far = memory

    def answer():
        far.read(64, 5)
        far.write(b"\x37\x21other\x00" + b"\x37\x72\x40AABB\x00", 5)

    printer = threading.Thread(target=answer)
    printer.start()
    assert pictures_.kept() == {b"AA", b"BB"}
    printer.join()


def test_a_printer_that_does_not_answer_keeps_nothing(memory, monkeypatch) -> None:
    monkeypatch.setattr("drivers.escpos.graphics.stored_pictures._ANSWER_SECONDS", 0.02)
    assert memory[0].kept() == frozenset()


def test_a_printer_that_is_gone_keeps_nothing_and_is_given_nothing(memory, caplog) -> None:
    pictures_, far = memory
    far.close()
    assert pictures_.kept() == frozenset()
    assert pictures_.give(PICTURE, frozenset()) == b""
    assert "a picture could not be stored" in caplog.text
    assert pictures_.give(PICTURE, frozenset()) == b""


def test_a_picture_that_goes_only_in_part_is_ended_and_forgotten(
    memory, caplog, monkeypatch
) -> None:
    pictures_, _ = memory
    monkeypatch.setattr("drivers.escpos.graphics.stored_pictures._STORE_SECONDS", 0.05)
    monkeypatch.setattr("drivers.escpos.graphics.stored_pictures._ANSWER_SECONDS", 0.05)
    rest = pictures_.give(LARGE, frozenset())
    assert rest.endswith(commands.forget_picture(b"BB"))
    assert not rest.removesuffix(commands.forget_picture(b"BB")).strip(b"\x00")
    assert "could not be stored in time" in caplog.text
    assert pictures_.kept() == frozenset()


def test_a_picture_that_is_too_large_is_left_out(tmp_path, caplog, monkeypatch) -> None:
    monkeypatch.setattr(pictures, "_MOST_PIXELS", 100)
    file = tmp_path / "large.png"
    Image.new("RGB", (20, 20)).save(file)
    assert pictures.picture(str(file), 576) is None
    assert "too large" in caplog.text
