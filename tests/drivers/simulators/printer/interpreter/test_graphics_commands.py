"""Graphics by key and by number: defined, listed, printed, deleted, and what outlives the power."""

from PIL import ImageOps

from drivers.simulators.printer.device import SimulatedPrinter
from drivers.simulators.printer.interpreter.graphics_store import NV_BYTES, Picture, Shelf

CUT = b"\x1bJ\x60\x1dV\x01"
LIST = b"0\x40KC"


def graphics(body):
    return b"\x1d(L" + len(body).to_bytes(2, "little") + body


def define(function, key):
    """Two rows of eight dots: full and half."""
    return graphics(b"0" + bytes((function,)) + b"0" + key + b"1\x08\x00\x02\x00" + b"1\xff\xf0")


def rows(printer, data):
    """The dots of the slip that `data` prints, row by row as bytes, from the head of the paper on."""
    printer.receive(data + CUT)
    slip = printer.slips.pop()
    box = ImageOps.invert(slip.image).getbbox()
    if box is None:
        return []
    cut = slip.image.crop((32, box[1], 48, box[3])).point(lambda level: 255 - level).convert("1")
    return [cut.tobytes()[at : at + 2] for at in range(0, len(cut.tobytes()), 2)]


def test_nv_graphics_are_printed_by_key_and_outlive_the_power():
    printer = SimulatedPrinter(80)
    printer.receive(define(67, b"LG"))
    printer.add("power-cycle")
    assert rows(printer, graphics(b"0\x45LG\x01\x01")) == [b"\xff\x00", b"\xf0\x00"]
    assert rows(printer, graphics(b"0\x45LG\x02\x01")) == [b"\xff\xff", b"\xff\x00"]


def test_a_key_that_is_not_there_prints_nothing_and_says_nothing():
    printer = SimulatedPrinter(80)
    assert printer.receive(graphics(b"0\x45XX\x01\x01")) == b""
    assert rows(printer, b"") == []


def test_keys_are_listed_and_deleted_and_the_room_is_told():
    printer = SimulatedPrinter(80)
    assert printer.receive(graphics(LIST)) == b"\x37\x72\x40\x00"
    printer.receive(define(67, b"LG") + define(67, b"QR"))
    assert printer.receive(graphics(LIST)) == b"\x37\x72\x40LGQR\x00"
    printer.receive(graphics(b"0\x42LG"))
    assert printer.receive(graphics(LIST)) == b"\x37\x72\x40QR\x00"
    assert printer.receive(graphics(b"00")) == b"\x370" + str(NV_BYTES).encode() + b"\x00"
    assert printer.receive(graphics(b"03")) == b"\x371" + str(NV_BYTES - 2).encode() + b"\x00"
    printer.receive(graphics(b"0\x41CLR"))
    assert printer.receive(graphics(LIST)) == b"\x37\x72\x40\x00"


def test_downloaded_graphics_go_with_the_power():
    printer = SimulatedPrinter(80)
    printer.receive(define(83, b"LG"))
    assert rows(printer, graphics(b"0\x55LG\x01\x01")) == [b"\xff\x00", b"\xf0\x00"]
    printer.add("power-cycle")
    assert rows(printer, graphics(b"0\x55LG\x01\x01")) == []


def test_the_print_buffer_is_printed_once():
    printer = SimulatedPrinter(80)
    store = graphics(b"0\x700\x01\x011\x08\x00\x01\x00\x81")
    assert rows(printer, store + graphics(b"02")) == [b"\x81\x00"]
    assert rows(printer, graphics(b"02")) == []


def test_large_graphics_have_a_length_of_four_bytes():
    printer = SimulatedPrinter(80)
    body = b"0\x700\x01\x011\x08\x00\x01\x00\x81"
    large = b"\x1d8L" + len(body).to_bytes(4, "little") + body
    assert rows(printer, large + graphics(b"0\x02")) == [b"\x81\x00"]


def test_numbered_images_stand_in_columns_and_outlive_the_power():
    printer = SimulatedPrinter(80)
    printer.receive(b"\x1cq\x01\x01\x00\x01\x00" + b"\x80" * 4 + b"\x40" * 4)
    printer.add("power-cycle")
    assert rows(printer, b"\x1cp\x01\x00") == [b"\xf0\x00", b"\x0f\x00"]
    assert rows(printer, b"\x1cp\x02\x00") == []


def test_torn_and_foolish_functions_do_nothing():
    printer = SimulatedPrinter(80)
    bodies = (b"", b"0", b"1\x45LG\x01\x01", b"0\x43", b"0\x430LG1\x08\x00\x09\x001\xff", b"0\x70", b"0\x45LG", b"0\x7f")  # fmt: skip
    for body in bodies:
        assert printer.receive(graphics(body)) == b""
    assert rows(printer, b"") == []


def test_a_shelf_keeps_what_fits():
    shelf = Shelf()
    shelf.keep(b"AA", Picture(1, bytes(NV_BYTES)))
    shelf.keep(b"BB", Picture(1, b"x"))
    assert list(shelf.pictures) == [b"AA"]
    shelf.keep(b"AA", Picture(1, b"x"))
    assert shelf.room == NV_BYTES - 1
