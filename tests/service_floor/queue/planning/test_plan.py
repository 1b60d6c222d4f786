from service_floor.queue.planning.plan import Counter, Series


def test_a_series_writes_its_numbers_with_width() -> None:
    assert [Series("A", 3, 1, 1000).label(n) for n in (1, 42, 1000)] == ["A001", "A042", "A1000"]


def test_a_counter_takes_what_stands_in_any_tier() -> None:
    counter = Counter("q1", 1, "Quầy 1", (("land",), ("civil", "tax")))
    taken = [service for service in ("land", "tax", "permit") if counter.takes(service)]
    assert taken == ["land", "tax"]
