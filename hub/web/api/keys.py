"""API keys of the configuration: which key is presented, and its scopes. Keys are stored only as hashes."""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass, field

from config.model import Installation
from config.model.programs import Scope


@dataclass(frozen=True, slots=True)
class KnownKey:
    """A key of the configuration."""

    name: str
    scopes: frozenset[Scope]
    key_hash: bytes = field(repr=False)
    per_minute: int = 600


class ApiKeys:
    """All keys of an installation."""

    def __init__(self, known: Iterable[KnownKey]) -> None:
        self._known = tuple(known)

    def find(self, key: bytes) -> KnownKey | None:
        """The matching key. Compared with every known key, in constant time."""
        presented, found = _hash(key), None
        for known in self._known:
            if hmac.compare_digest(known.key_hash, presented):
                found = known
        return found


def keys_of(installation: Installation) -> ApiKeys:
    """Read the keys out of the configuration."""
    return ApiKeys(
        KnownKey(
            each.name,
            frozenset(each.scopes),
            _hash(each.key.get_secret_value().encode()),
            each.per_minute,
        )
        for each in installation.api_keys
        if each.key is not None
    )


def _hash(key: bytes) -> bytes:
    return hashlib.sha256(key).digest()
