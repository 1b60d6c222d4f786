from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.escpos.status import (
    AutomaticStatus,
    Block,
    Demultiplexer,
    FlowControl,
    FullStatus,
    Noise,
    ProcessId,
    QueuedStatus,
    RealTimeStatus,
    decode_automatic,
    decode_full,
    decode_paper,
    decode_real_time,
    real_time_answers,
    together,
)
from drivers.protocols import DeviceStatus, Health


@pytest.mark.parametrize(
    ("data", "events"),
    [
        (b"\x12", [RealTimeStatus(0x12)]),
        (b"\x1a\x7e", [RealTimeStatus(0x1A), RealTimeStatus(0x7E)]),
        (b"\x00\x0f", [QueuedStatus(0x00), QueuedStatus(0x0F)]),
        (b"\x11\x13", [FlowControl(True), FlowControl(False)]),
        (b"\x10\x00\x00\x0f", [AutomaticStatus(b"\x10\x00\x00\x0f")]),
        (b"\x14\x00\x0c\x0f\x12", [AutomaticStatus(b"\x14\x00\x0c\x0f"), RealTimeStatus(0x12)]),
        (b"\x37\x22A1x~\x00", [ProcessId(b"A1x~")]),
        (b"\x5fEPSON\x00\x12", [Block(b"\x5fEPSON\x00"), RealTimeStatus(0x12)]),
        (b"\x37\x22A\x13B\x11CD\x00", [FlowControl(False), FlowControl(True), ProcessId(b"ABCD")]),
        (b"\xff\x12", [Noise(b"\xff"), RealTimeStatus(0x12)]),
        (b"\x10\x00\x12", [Noise(b"\x10\x00"), RealTimeStatus(0x12)]),
        (b"\x37\x22A\x12", [Noise(b"\x37\x22A"), RealTimeStatus(0x12)]),
    ],
)
def test_bytes_are_sorted_by_their_fixed_bits(data, events):
    assert Demultiplexer().feed(data) == events


@given(st.binary(max_size=200), st.lists(st.integers(0, 200), max_size=5))
def test_pieces_make_no_difference(data, cuts):
    whole = Demultiplexer().feed(data)
    pieces = Demultiplexer()
    bounds = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    parts = [data[a:b] for a, b in pairwise(bounds)]
    assert [event for part in parts for event in pieces.feed(part)] == whole


def test_endless_block_data_is_given_up():
    demultiplexer = Demultiplexer()
    assert any(isinstance(event, Noise) for event in demultiplexer.feed(b"\x37" + b"A" * 200))


READY = {1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, DeviceStatus(Health.READY)),
        ({4: 0x1E}, DeviceStatus(Health.WARNING, ("paper_low",))),
        ({1: 0x1A, 2: 0x32, 4: 0x7E}, DeviceStatus(Health.FAULT, ("out_of_paper",))),
        ({1: 0x1A, 2: 0x16}, DeviceStatus(Health.FAULT, ("cover_open",))),
        ({1: 0x1A, 2: 0x52, 3: 0x1A}, DeviceStatus(Health.FAULT, ("cutter",))),
        ({1: 0x1A, 2: 0x52, 3: 0x32}, DeviceStatus(Health.FAULT, ("fault",))),
        ({1: 0x1A, 3: 0x52}, DeviceStatus(Health.FAULT, ("head_hot",))),
        ({1: 0x1A}, DeviceStatus(Health.FAULT, ("offline",))),
        ({1: 0x1A, 2: 0x16, 4: 0x1E}, DeviceStatus(Health.FAULT, ("cover_open", "paper_low"))),
        ({1: 0x1A, 4: 0x1E}, DeviceStatus(Health.FAULT, ("offline", "paper_low"))),
    ],
)
def test_answers_say_how_the_printer_is(changes, status):
    assert decode_real_time(READY | changes) == status


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        ({}, DeviceStatus(Health.UNKNOWN, ("status_unknown",))),
        ({1: 0x12}, DeviceStatus(Health.UNKNOWN, ("status_unknown",))),
        ({4: 0x12}, DeviceStatus(Health.UNKNOWN, ("status_unknown",))),
        ({4: 0x1E}, DeviceStatus(Health.UNKNOWN, ("paper_low", "status_unknown"))),
        ({1: 0x1A}, DeviceStatus(Health.FAULT, ("offline",))),
        ({1: 0x12, 4: 0x12}, DeviceStatus(Health.READY)),
    ],
)
def test_silence_is_unknown_and_never_ready(answers, status):
    assert decode_real_time(answers) == status


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"\x10\x00\x00\x0f", DeviceStatus(Health.READY)),
        (b"\x10\x00\x03\x0f", DeviceStatus(Health.WARNING, ("paper_low",))),
        (b"\x18\x00\x0f\x0f", DeviceStatus(Health.FAULT, ("out_of_paper",))),
        (b"\x38\x00\x00\x0f", DeviceStatus(Health.FAULT, ("cover_open",))),
        (b"\x18\x08\x00\x0f", DeviceStatus(Health.FAULT, ("cutter",))),
        (b"\x18\x40\x00\x0f", DeviceStatus(Health.FAULT, ("head_hot",))),
    ],
)
def test_automatic_status_says_the_same(data, status):
    assert decode_automatic(data) == status


@given(st.lists(st.sampled_from(range(256)), max_size=60), st.data())
def test_the_pieces_in_which_bytes_arrive_do_not_matter(data, draw):
    whole = bytes(data)
    at = draw.draw(st.integers(0, len(whole)))
    pieces = Demultiplexer()
    events = [*pieces.feed(whole[:at]), *pieces.feed(whole[at:])]
    assert events == Demultiplexer().feed(whole)


@pytest.mark.parametrize(
    ("byte", "whole"), [(0x00, True), (0x03, True), (0x0F, True), (0x01, False), (0x63, False)]
)
def test_a_stray_byte_is_no_answer_of_the_paper_sensors(byte, whole):
    assert QueuedStatus(byte).is_whole is whole


def test_the_six_bytes_of_a_presenter_are_one_status_and_no_automatic_one():
    events = Demultiplexer().feed(b"\x12\x10\x0f\x24\x00\x40\x00\x10\x00\x00\x0f")
    assert events[1:] == [FullStatus(b"\x24\x00\x40\x00"), AutomaticStatus(b"\x10\x00\x00\x0f")]
    full = decode_full(b"\x24\x00\x40\x00")
    assert full == DeviceStatus(Health.FAULT, ("paper_jam", "not_taken", "paper_low"))


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        (("ready", ()), ("ready", ()), ("ready", ())),
        (("ready", ()), ("warning", ("not_taken",)), ("warning", ("not_taken",))),
        (("fault", ("fault",)), ("fault", ("paper_jam",)), ("fault", ("paper_jam",))),
        (("warning", ("paper_low",)), ("warning", ("not_taken",)), ("warning", ("not_taken", "paper_low"))),
        (("fault", ("cutter",)), ("warning", ("not_taken",)), ("fault", ("not_taken", "cutter"))),
        (("fault", ("offline",)), ("ready", ()), ("fault", ("offline",))),
    ],
)  # fmt: skip
def test_two_statuses_are_one(first, second, both):
    one, other = (DeviceStatus(Health(health), reasons) for health, reasons in (first, second))
    assert together(one, other) == DeviceStatus(Health(both[0]), both[1])


def test_a_byte_with_bit_7_is_an_answer_about_the_printer_only():
    heard = Demultiplexer().feed(b"\x92\x12\x12\x12")
    assert real_time_answers(heard, (1, 4, 2, 3)) == [0x92, 0x12, 0x12, 0x12]
    assert real_time_answers(heard, (4, 1, 2, 3)) == [0x12] * 3
    assert real_time_answers(Demultiplexer().feed(b"\xff\x92"), (1,)) == []
    assert decode_real_time({1: 0x92, 4: 0x12}) == DeviceStatus(Health.WARNING, ("not_taken",))


def test_the_queue_knows_of_the_paper():
    assert decode_paper(0x03) == DeviceStatus(Health.WARNING, ("paper_low",))
    assert decode_paper(0x0F).reasons == ("out_of_paper",)
