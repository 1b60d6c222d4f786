from hub.web.api.rate_limit import RateLimiter


def test_a_minute_may_be_spent_at_once_and_comes_back_evenly() -> None:
    allowances = RateLimiter()
    assert [allowances.spend("a", 3, 0.0) for _ in range(4)] == [0, 0, 0, 20]
    assert allowances.spend("a", 3, 10.0) == 10
    assert allowances.spend("a", 3, 20.0) == 0
    assert [allowances.spend("a", 3, 10_000.0) for _ in range(4)] == [0, 0, 0, 20]


def test_keys_do_not_share() -> None:
    allowances = RateLimiter()
    assert [allowances.spend(name, 1, 0.0) for name in ("a", "b", "a")] == [0, 0, 60]
