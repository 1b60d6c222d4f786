"""How often a key may ask: a bucket that fills evenly and holds what one minute allows. Pure; one bucket for each known key."""

from math import ceil


class RateLimiter:
    """Buckets by name. Names come from the configuration, so that they are few."""

    def __init__(self) -> None:
        self._buckets: dict[str, tuple[float, float]] = {}

    def spend(self, name: str, per_minute: int, now: float) -> int:
        """Take one; 0, or the seconds until there is one again. `now` is of any clock that only goes forward."""
        full_at, level = self._buckets.get(name, (now, float(per_minute)))
        level = min(float(per_minute), level + (now - full_at) * per_minute / 60)
        if level < 1:
            self._buckets[name] = (now, level)
            return ceil((1 - level) * 60 / per_minute)
        self._buckets[name] = (now, level - 1)
        return 0
