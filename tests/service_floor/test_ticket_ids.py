"""Ids of tickets keep their length, and differ where chance does."""

from service_floor.ticket_ids import TICKET_LETTERS, ticket_id


def test_an_id_has_its_length_and_letters() -> None:
    assert ticket_id(0) == "0" * 16
    assert ticket_id(15**16 - 1) == "v" * 16
    assert len({ticket_id(each) for each in range(0, 10**6, 997)}) == 1_004
    assert set(ticket_id(2**128 - 1)) <= set(TICKET_LETTERS)
