from drivers.escpos.answers.unasked import Unasked

PAPER_END, COVER, WELL = b"\x18\x00\x0f\x0f", b"\x38\x00\x00\x0f", b"\x10\x00\x00\x0f"
STAR = bytes.fromhex("238600000000000000")


def test_a_report_of_trouble_stands_until_another_or_an_answer() -> None:
    unasked = Unasked()
    assert not unasked.stands_for(0.0, 1.0)
    unasked.take(PAPER_END, 1.0)
    unasked.take(PAPER_END, 5.0)
    assert unasked.trouble is not None
    assert unasked.trouble.reasons == ("out_of_paper",)
    assert unasked.stands_for(0.7, 1.7)
    unasked.take(COVER, 6.0)
    assert unasked.trouble.reasons == ("cover_open",)
    assert not unasked.stands_for(0.7, 6.5)
    unasked.take(WELL, 7.0)
    assert unasked.trouble is None
    unasked.take(COVER, 8.0)
    unasked.answered()
    assert unasked.trouble is None


def test_a_star_printer_is_known_by_its_first_bytes_until_it_answers_in_esc_pos() -> None:
    unasked = Unasked()
    unasked.listen(STAR[:4])
    assert not unasked.is_star
    unasked.listen(STAR[4:])
    assert unasked.is_star
    unasked.answered()
    unasked.listen(STAR)
    assert not unasked.is_star
