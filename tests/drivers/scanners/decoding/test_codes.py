import pytest

from drivers.scanners.decoding.codes import Agreement, Code, Symbology, uncontradicted

EAN = Code("8934673601191", "]E0")


def box(left: float, top: float, right: float, bottom: float) -> tuple[tuple[float, float], ...]:
    return ((left, top), (right, top), (right, bottom), (left, bottom))


@pytest.mark.parametrize(
    ("identifier", "kind"),
    [("]Q1", Symbology.QR), ("]C0", Symbology.CODE_128), ("]A0", Symbology.CODE_39), ("]E4", Symbology.EAN)],
)  # fmt: skip
def test_an_aim_identifier_tells_the_kind(identifier: str, kind: Symbology) -> None:
    assert Code("A-042", identifier).kind is kind


@pytest.mark.parametrize(
    ("code", "believed"),
    [
        (Code("T", "]C0"), False),
        (Code("A04", "]A0"), False),
        (Code("A042", "]C0"), True),
        (Code("7", "]Q1"), True),
        (Code("", "]Q1"), False),
    ],
)
def test_linear_codes_shorter_than_four_and_empty_texts_are_noise(
    code: Code, believed: bool
) -> None:
    assert Agreement().believed([code]) == ((code,) if believed else ())


def test_an_ean_is_believed_when_it_is_read_a_second_time() -> None:
    agreement = Agreement()

    assert agreement.believed([EAN]) == ()
    assert agreement.believed([Code("8934673601198", "]E0")]) == ()
    assert agreement.believed([EAN]) == (EAN,)


def test_one_engine_that_sees_an_ean_twice_in_one_reading_has_read_it_once() -> None:
    assert Agreement().believed([EAN, EAN]) == ()


def test_an_ean_read_once_is_forgotten_after_thirty_pictures() -> None:
    agreement = Agreement()
    agreement.believed([EAN])
    for _ in range(30):
        agreement.next_picture()

    assert agreement.believed([EAN]) == ()


def test_a_qr_code_and_a_dossier_code_on_one_slip_are_both_told() -> None:
    both = [Code("https://example.vn/1042", "]Q1"), Code("H56.14-240823-0001", "]C0")]

    assert Agreement().believed(both) == tuple(both)


def test_of_two_readings_in_the_same_place_the_one_of_more_bars_counts() -> None:
    whole = Code("000.46.29.H12-220118-9039", "]C0", box(0, 0, 500, 60))
    few_rows = Code("00&.46.29.H12-220118-9000", "]C0", box(0, 50, 500, 56))
    elsewhere = Code("H56.14-240823-0001", "]C0", box(0, 200, 500, 210))

    assert uncontradicted([whole, few_rows, elsewhere]) == [whole, elsewhere]


def test_codes_that_lie_askew_below_each_other_do_not_contradict() -> None:
    # Parallel bars at 45 degrees: the box around the longer one holds the middle of the shorter one.
    longer = Code("H56.14-240823-0001", "]C0", ((0, 100), (20, 80), (320, 380), (300, 400)))
    shorter = Code("EE123456789VN", "]C0", ((150, 100), (165, 85), (265, 185), (250, 200)))
    assert uncontradicted([longer, shorter]) == [longer, shorter]
    assert not Code("A-042", "]C0").surrounds((0, 0))
