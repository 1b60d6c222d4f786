from service_floor.queue.refusals import DATA_FIELDS, RefusalCode


def test_every_code_names_its_data() -> None:
    assert set(DATA_FIELDS) == set(RefusalCode)
