import pytest

from drivers.simulators.printer.device import Make, SimulatedPrinter
from drivers.simulators.printer.faults import Fault, UnknownFaultError, read_faults, written
from drivers.simulators.printer.intake import BUFFER_BYTES

ASK = b"\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04"
CUT = b"\x1bJ\x60\x1dV\x01"
FENCE = b"\x1d(H\x06\x0000ABCD"
PROVED = b"\x37\x22ABCD\x00"
TICKET = b"one\ntwo\nthree\n" + FENCE + CUT


def lines(printer):
    return [slip.lines for slip in printer.slips]


@pytest.mark.parametrize(
    ("names", "faults"),
    [
        (["silent"], {Fault.SILENT: 0}),
        (["out-at:400", "near-end"], {Fault.OUT_AT: 400, Fault.PAPER_LOW: 0}),
        (["slow", "late:15"], {Fault.SLOW: 10, Fault.LATE: 15}),
        (["columns", "dots:448"], {Fault.COLUMNS: 42, Fault.DOTS: 448}),
        (["cutter-at:112", "loses-buffer"], {Fault.CUTTER_AT: 112, Fault.LOSES_BUFFER: 0}),
    ],
)
def test_faults_are_read_by_name_and_number(names, faults):
    assert read_faults(names) == faults
    assert read_faults(written(faults)) == faults


@pytest.mark.parametrize("name", ["jam", "out-at", "out-at:", "out-at:x", "silent:3", "out-at:-1", "out-at:999999999", "", "cutter-at", "one-way:1"])  # fmt: skip
def test_what_is_no_fault_is_refused_by_its_name(name):
    with pytest.raises(UnknownFaultError) as refused:
        read_faults([name])
    assert refused.value.name == name


@pytest.mark.parametrize(
    ("fault", "repaired"), [(Fault.OUT_AT, Fault.PAPER_OUT), (Fault.COVER_AT, Fault.COVER_OPEN)]
)
@pytest.mark.parametrize("dot", [0, 1, 29, 30, 31, 89, 90])
def test_paper_and_cover_stop_the_head_at_their_dot_and_it_goes_on_there(fault, repaired, dot):
    printer = SimulatedPrinter(80, [f"{fault}:{dot}"])
    assert printer.receive(TICKET) == b""
    assert printer.feed.dots == dot
    assert repaired in printer.faults
    assert printer.take_away(repaired) == PROVED
    assert lines(printer) == [("one", "two", "three")]


def test_a_picture_is_stopped_in_its_middle_and_goes_on_there():
    whole, stopped = SimulatedPrinter(80), SimulatedPrinter(80, ["out-at:100"])
    picture = b"\x1dv0\x00\x02\x00\xc8\x00" + bytes(range(200)) * 2 + CUT
    for printer in (whole, stopped):
        printer.receive(picture)
    assert (len(stopped.slips), stopped.feed.dots) == (0, 100)
    stopped.take_away(Fault.PAPER_OUT)
    assert stopped.slips[0].image.tobytes() == whole.slips[0].image.tobytes()
    assert stopped.slips[0].raster_rows == 200


def test_a_power_cycle_in_the_middle_loses_buffer_and_settings_and_keeps_the_paper():
    printer = SimulatedPrinter(80, ["power-cycle-at:45"])
    printer.receive(b"\x1d!\x11" + TICKET)
    assert (printer.slips, printer.power_cycles) == ([], 1)
    printer.receive(b"after\n" + CUT)
    assert lines(printer) == [("after",)]
    assert printer.slips[0].dots == 45 + 30 + 96


def test_a_printer_switched_off_at_a_dot_stays_off_until_it_is_switched_on():
    printer = SimulatedPrinter(80, ["power-off-at:45"])
    printer.receive(TICKET)
    assert printer.receive(ASK) == b""
    assert printer.take_away(Fault.SILENT) == b""
    assert printer.receive(ASK) == b"\x12\x12\x12\x12"
    assert printer.slips == []


def test_a_jam_waits_for_recovery_after_the_cutter_is_free_and_then_cuts():
    printer = SimulatedPrinter(80, ["cutter"])
    assert printer.receive(TICKET + b"next\n") == PROVED
    assert printer.receive(ASK) == b"\x3a\x52\x1a\x12"
    assert printer.receive(b"\x10\x05\x01") == b""
    assert printer.receive(ASK) == b"\x3a\x52\x1a\x12"
    printer.take_away(Fault.CUTTER)
    assert printer.slips == []
    printer.receive(b"\x10\x05\x01")
    assert lines(printer) == [("one", "two", "three")]
    assert printer.receive(ASK) == b"\x12\x12\x12\x12"


def test_recovery_by_clearing_forgets_what_the_printer_held():
    printer = SimulatedPrinter(80, ["cutter"])
    printer.receive(TICKET + b"lost\n")
    printer.receive(b"\x10\x05\x02")
    assert printer.sensors.jammed
    printer.take_away(Fault.CUTTER)
    printer.receive(b"\x10\x05\x02kept\n" + CUT)
    assert lines(printer) == [("one", "two", "three", "kept")]


def test_recovery_is_ignored_where_nothing_is_wrong():
    printer = SimulatedPrinter(80, ["cover-open"])
    printer.receive(TICKET + b"\x10\x05\x02")
    printer.take_away(Fault.COVER_OPEN)
    assert lines(printer) == [("one", "two", "three")]


def test_a_cover_opened_and_shut_recovers_from_a_jam():
    printer = SimulatedPrinter(80, ["cutter"])
    printer.receive(TICKET)
    printer.take_away(Fault.CUTTER)
    printer.add("cover-open")
    printer.take_away(Fault.COVER_OPEN)
    assert len(printer.slips) == 1


@pytest.mark.parametrize(
    ("fault", "answers"), [("head-hot", b"\x1a\x52\x52\x12"), ("broken", b"\x1a\x52\x32\x12")]
)
def test_errors_stop_the_printer_and_say_which(fault, answers):
    printer = SimulatedPrinter(80, [fault])
    printer.receive(TICKET)
    assert printer.slips == []
    assert printer.receive(ASK) == answers


def test_the_roll_ends_and_a_new_one_goes_on():
    printer = SimulatedPrinter(80, make=Make(roll_mm=10, near_end_mm=5))
    assert printer.receive(b"\x1da\x08" + TICKET) == b"\x10\x00\x00\x0f\x18\x00\x0f\x0f"
    assert (printer.feed.dots, printer.roll.left_dots) == (80, 0)
    printer.roll.renew(100)
    assert printer.take_away(Fault.PAPER_OUT) == PROVED + b"\x10\x00\x00\x0f"


def test_the_near_end_sensor_follows_the_roll():
    printer = SimulatedPrinter(80, make=Make(roll_mm=10, near_end_mm=5))
    printer.receive(b"\x1bJ\x28")
    assert printer.receive(b"\x10\x04\x04\x1dr\x01") == b"\x1e\x03"


def test_wrong_identity_noise_and_rubbish():
    assert SimulatedPrinter(80, ["wrong-id"]).receive(FENCE)[:2] == PROVED[:2]
    assert SimulatedPrinter(80, ["wrong-id"]).receive(FENCE) != PROVED
    noisy = SimulatedPrinter(80, ["noise:4"]).receive(FENCE)
    assert noisy[4:-4] == PROVED
    assert all(byte & 0x80 for byte in noisy[:4] + noisy[-4:])
    assert all(byte & 0x80 for byte in SimulatedPrinter(80, ["rubbish"]).receive(FENCE + ASK))


def test_stale_status_tells_no_change():
    printer = SimulatedPrinter(80, ["stale-status"])
    assert printer.receive(b"\x1da\x0f") == b"\x10\x00\x00\x0f"
    assert printer.add("cover-open") == b""


def test_automatic_status_tells_what_it_was_asked_to_watch_and_ends_with_initialization():
    printer = SimulatedPrinter(80)
    printer.receive(b"\x1da\x08")
    assert printer.add("cover-open") == b""
    assert printer.add("near-end") == b"\x38\x00\x03\x0f"
    printer.change(())
    printer.receive(b"\x1b@")
    assert printer.add("near-end") == b""


def test_the_head_moves_at_its_speed():
    printer = SimulatedPrinter(80, make=Make(speed_mm=100))
    printer.receive(TICKET)
    assert printer.feed.dots == 0
    printer.pass_time(0.05)
    assert printer.feed.dots == 40
    while printer.is_busy:
        printer.pass_time(0.05)
    assert lines(printer) == [("one", "two", "three")]


def test_a_slow_printer_fills_its_buffer():
    printer = SimulatedPrinter(80, ["slow:1"])
    printer.receive(b"x\n" * (BUFFER_BYTES // 2))
    assert printer.intake.room < BUFFER_BYTES // 2
    printer.take_away(Fault.SLOW)
    printer.pass_time(0)
    assert printer.intake.room == BUFFER_BYTES


@pytest.mark.slow
def test_never_ending_parameters_and_ten_megabytes_end():
    printer = SimulatedPrinter(80)
    for beginning in (b"\x1dv0\x00\xff\xff\xff\xff", b"\x1d8L\xff\xff\xff\xff", b"\x1b&\x03\x00\xff", b"\x1cq\xff"):  # fmt: skip
        printer.receive(beginning)
        for _ in range(64):
            printer.receive(bytes(BUFFER_BYTES - 96))
    for _ in range(2500):
        printer.receive(bytes(BUFFER_BYTES - 96))
    assert printer.receive(b"\x10\x04\x01") == b"\x12"
    assert printer.paper.picture().height < 80_000


FULL, SHORT = b"a\nb\n" + CUT, b"\x1dr\x01"
ASK_PRESENTER = b"\x10\x04\x05\x10\x04\x11\x10\x04\x14"


@pytest.mark.parametrize(
    ("trait", "asked", "answered"),
    [
        ("no-queue-status", SHORT + FENCE + ASK, PROVED),
        ("no-status", SHORT + FENCE + ASK, b"\x00" + PROVED),
        ("one-way", SHORT + FENCE + ASK + b"\x1da\x0f", b""),
        ("unknown-as-text", SHORT + FENCE, b"\x00"),
        ("slot-sensor", FULL + b"\x10\x04\x01", b"\x12"),
        ("presenter", ASK_PRESENTER, b"\x12\x12\x10\x0f\x00\x00\x00\x00"),
        ("full-cut", ASK_PRESENTER, b""),
    ],
)
def test_traits_of_the_back_channel(trait, asked, answered):
    printer = SimulatedPrinter(80, [trait])
    said = printer.receive(asked)
    assert sorted(said) == sorted(
        answered + (b"\x12" * 4 if ASK in asked and trait == "no-queue-status" else b"")
    )


def test_a_hanging_ticket_is_bit_7_of_the_first_answer_until_it_is_taken():
    printer = SimulatedPrinter(80, ["slot-sensor"])
    assert printer.receive(ASK) == b"\x12\x12\x12\x12"
    printer.receive(TICKET)
    assert printer.receive(ASK) == b"\x92\x12\x12\x12"
    printer.slot.take()
    assert printer.receive(ASK) == b"\x12\x12\x12\x12"


def test_a_presenter_answers_for_its_ticket_and_stops_where_it_is_stuck():
    printer = SimulatedPrinter(80, ["presenter"])
    printer.receive(b"\x1da\x0f" + TICKET + b"\x1de\x03\x05")
    assert printer.receive(ASK_PRESENTER) == b"\x16\x12\x10\x0f\x20\x00\x00\x00"
    printer.slot.jam()
    assert printer.pass_time(0) == b"\x18\x40\x00\x0f"
    assert printer.receive(ASK_PRESENTER + TICKET) == b"\x36\x12\x10\x0f\x20\x00\x40\x00"
    assert printer.receive(ASK) == b"\x1a\x52\x52\x12"
    printer.slot.free()
    assert printer.pass_time(0) == PROVED + b"\x10\x00\x00\x0f"
    assert len(printer.slips) == 2


def test_a_forgotten_ticket_is_retracted():
    printer = SimulatedPrinter(80, ["presenter"])
    printer.receive(b"\x1cP\x05\x01R\x0a" + TICKET)
    printer.pass_time(11)
    assert dict(printer.slot.fates) == {"retracted": 1}


def test_healing_leaves_the_traits_and_clearing_takes_one():
    printer = SimulatedPrinter(80, ["half-units", "cutter-at:40", "cover-open"])
    printer.change(["paper-out"])
    assert printer.faults.keys() == {Fault.HALF_UNITS, Fault.CUTTER_AT, Fault.PAPER_OUT}
    printer.change(())
    printer.receive(b"\x1bJ\x50")
    assert printer.feed.dots == 40
    printer.take_away(Fault.HALF_UNITS)
    printer.receive(b"\x1bJ\x50")
    assert printer.feed.dots == 120


def test_half_units_and_a_far_cutter_leave_the_end_of_a_ticket_to_the_next():
    printer = SimulatedPrinter(80, ["half-units", "cutter-at:112"])
    for number in (b"B001", b"B002"):
        printer.receive(b"\x1b@" + number + b"\nx\ny\nz\nkeep\nit\n\x1bJ\x78\x1dV\x01")
    assert lines(printer) == [("B001", "x", "y", "z"), ("it", "B002", "x", "y", "z")]
    assert [slip.cut_through for slip in printer.slips] == [("keep",), ("keep", "keep")]
    printer.receive(b"\x1dVB\x00\x1dP\xcb\xcbB003\nx\ny\nz\nkeep\nit\n\x1bJ\x78\x1dV\x01")
    assert lines(printer)[2:] == [("it",), ("B003", "x", "y", "z", "keep", "it")]


def test_unknown_text_within_a_line_keeps_a_strict_cutter_from_cutting():
    printer = SimulatedPrinter(80, ["unknown-as-text", "cut-at-line-start"])
    printer.receive((b"one\n\x1bJ\x60" + FENCE + b"\x1dV\x01") * 2)
    assert printer.slips == []
    printer.receive(b"\n" + CUT)
    assert lines(printer) == [("one", "H00ABCDone", "H00ABCD")]
    assert printer.unknown == {"1d 28 48": 2, "1d 56 01 within a line": 2}


@pytest.mark.parametrize(
    ("traits", "columns"),
    [
        ([], 48),
        (["columns"], 42),
        (["columns:42", "dots:512"], 42),
        (["dots"], 42),
        (["dots:9"], 5),
    ],
)
def test_a_line_ends_where_columns_or_head_end(traits, columns):
    printer = SimulatedPrinter(80, traits)
    printer.receive(b"x" * 60 + b"\n" + CUT)
    assert len(lines(printer)[0][0]) == columns


@pytest.mark.parametrize(("trait", "lost"), [("loses-buffer", 4000), ("loses-buffer:100", 100)])
def test_a_buffer_is_lost_when_the_paper_ends_and_printing_goes_on_behind_it(trait, lost):
    printer = SimulatedPrinter(80, [trait, "out-at:10"])
    rows = b"".join(bytes((row % 250 + 1,)) * 40 for row in range(200))
    printer.receive(b"\x1dv0\x00\x28\x00\xc8\x00" + rows[:4000])
    before = printer.intake.room
    assert before >= BUFFER_BYTES - 4000 + lost - 600
    printer.take_away(Fault.PAPER_OUT)
    printer.receive(rows[4000:] + CUT)
    assert printer.slips == []
    printer.receive(b"b\n" * 2000 + CUT)
    assert printer.slips[0].raster_rows == 200
