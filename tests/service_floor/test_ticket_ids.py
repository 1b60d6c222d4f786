"""Ids of tickets keep their length, and differ where chance does."""

from service_floor.ticket_ids import TICKET_LETTERS, ticket_id


def test_an_id_has_its_length_and_letters() -> None:
    assert ticket_id(0) == "b" + "0" * 15
    assert ticket_id(9) == "v" + "0" * 15
    assert ticket_id(15**16 - 1) == "v" * 16
    assert len({ticket_id(each) for each in range(0, 10**6, 997)}) == 1_004
    assert set(ticket_id(2**128 - 1)) <= set(TICKET_LETTERS)


def test_no_id_looks_like_the_number_of_a_bank_card() -> None:
    only_digits = sum(9 * 15**place for place in range(16))
    assert not any(ticket_id(only_digits - each).isdigit() for each in range(10))
