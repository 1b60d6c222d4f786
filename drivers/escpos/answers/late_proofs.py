"""Late proofs: the jobs of unknown outcome whose identities may still come back, and those that have. Pure."""

_MOST_AWAITED = 32


class LateProofs:
    """Jobs by the identity that is to come next; `latest` is the last that was proved late."""

    def __init__(self) -> None:
        self.latest = ""
        self._awaited: dict[bytes, tuple[str, tuple[bytes, ...]]] = {}
        self._proved: list[str] = []

    def expect(self, names: tuple[bytes, ...], job: str) -> None:
        """Remember a job without proof; its names may come back, in this order, when the printer goes on."""
        if not names:
            return
        self._awaited[names[0]] = job, names[1:]
        while len(self._awaited) > _MOST_AWAITED:
            del self._awaited[next(iter(self._awaited))]

    def heard(self, identity: bytes) -> bool:
        """An identity has come back; whether it was awaited. Of a job of two names the other must follow."""
        if identity not in self._awaited:
            return False
        job, rest = self._awaited.pop(identity)
        if rest:
            self._awaited[rest[0]] = job, rest[1:]
        else:
            self._proved.append(job)
            self.latest = job
        return True

    def forget(self) -> None:
        """The printer has lost its buffer: no proof will come."""
        self._awaited.clear()

    def take(self) -> tuple[str, ...]:
        """Take the jobs whose identity has come back."""
        proved, self._proved = tuple(self._proved), []
        return proved
