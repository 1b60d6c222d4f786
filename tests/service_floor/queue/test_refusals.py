"""Refusal codes: the text on the wire, with the names of the data."""

from service_floor.queue.refusals import CommonRefusal


def test_a_code_is_its_text_on_the_wire_and_names_its_data() -> None:
    code = CommonRefusal.QUOTA_USED_UP
    assert (code.value, str(code), code == "quota_used_up") == (*(["quota_used_up"] * 2), True)
    assert code.data_fields == {"service", "limit", "per"}
    assert CommonRefusal.CLOSED_FOR_TODAY.data_fields == frozenset()
    assert CommonRefusal("quota_used_up") is code
