"""File of tokens and keys beside the configuration, read on the hub's machine only: `secrets` names it.

Tables `tokens` (by device) and `keys` (by API key). Every other machine needs only the configuration, without secrets.
"""

import stat
import tomllib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from config.errors import ConfigurationError, Mistake, MistakeCode
from config.findings import shown
from config.shape import nearest

TOKENS: Final = "tokens"
KEYS: Final = "keys"
_DEVICES: Final = ("kiosks", "counter_terminals", "boards", "agents", "consoles")
_LISTS: Final[Mapping[str, tuple[tuple[str, ...], str]]] = {
    TOKENS: (_DEVICES, "token"),
    KEYS: (("api_keys",), "key"),
}
_MOST_BYTES: Final = 1_048_576
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True)
class MachineSecrets:
    """The secrets of a configuration on this machine.

    `file` is the one that the configuration names; `exposed` are the files among configuration and secrets that hold a
    secret and that other users may read or write.
    """

    file: Path | None
    is_here: bool
    exposed: tuple[Path, ...]


def secrets_path(config: Path, data: Mapping[str, Any]) -> Path | None:
    """The file that the configuration names; a relative path counts from the configuration's folder."""
    named = data.get("secrets")
    return config.parent / named if isinstance(named, str) and named else None


def with_secrets(config: Path, data: dict[str, Any]) -> dict[str, Any]:
    """The data of the configuration with its secrets filled in. Raises ConfigurationError about the secrets' file."""
    path = secrets_path(config, data)
    if path is None:
        return data
    found, filled = _parsed(path), deepcopy(data)
    mistakes = [
        Mistake(
            key, MistakeCode.UNKNOWN_KEY, shown(value), (TOKENS, KEYS), nearest(key, tuple(_LISTS))
        )
        for key, value in found.items()
        if key not in _LISTS
    ]
    for table in _LISTS:
        mistakes += _fill(filled, table, found.get(table, {}))
    if mistakes:
        raise ConfigurationError(path, tuple(mistakes))
    # What is left out in both files is now missing.
    del filled["secrets"]
    return filled


def secrets_of_machine(config: Path) -> MachineSecrets:
    """Where the secrets of a configuration stand on this machine."""
    data = _data_of(config)
    secrets = secrets_path(config, data)
    files = [config] if any(True for _ in _secrets_in(data)) else []
    files += [secrets] if secrets is not None else []
    exposed = tuple(file for file in files if _is_exposed(file))
    return MachineSecrets(secrets, secrets is not None and secrets.is_file(), exposed)


def _data_of(config: Path) -> dict[str, Any]:
    """The configuration as it stands; nothing of a file that cannot be used, which is named elsewhere."""
    try:
        return tomllib.loads(config.read_text("utf-8-sig"))
    except (OSError, ValueError):
        return {}


def _fill(data: dict[str, Any], table: str, given: object) -> Iterator[Mistake]:
    if not isinstance(given, dict):
        yield Mistake(table, MistakeCode.WRONG_TYPE, shown(given, secret=True), ("table",))
        return
    lists, field = _LISTS[table]
    known = {
        entry.get("name"): (f"{key}[{n}].{field}", entry)
        for key in lists
        for n, entry in enumerate(_tables(data, key))
    }
    for name, secret in given.items():
        place = f"{table}.{name}"
        if name not in known:
            names = tuple(str(each) for each in known)
            yield Mistake(place, MistakeCode.UNKNOWN_NAME, shown(name), names, nearest(name, names))
        elif not isinstance(secret, str):
            yield Mistake(place, MistakeCode.WRONG_TYPE, shown(secret, secret=True), ("text",))
        elif field in known[name][1]:
            found = shown(secret, secret=True)
            yield Mistake(place, MistakeCode.DUPLICATE, found, other=known[name][0])
        else:
            known[name][1][field] = secret


def _tables(data: Mapping[str, Any], key: str) -> Iterator[dict[str, Any]]:
    entries = data.get(key)
    return (
        each for each in (entries if isinstance(entries, list) else ()) if isinstance(each, dict)
    )


def _secrets_in(data: Mapping[str, Any]) -> Iterator[object]:
    for lists, field in _LISTS.values():
        for key in lists:
            yield from (entry[field] for entry in _tables(data, key) if field in entry)


def _parsed(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
        if len(content) > _MOST_BYTES:
            too_large = Mistake("", MistakeCode.TOO_LARGE, allowed=(f"≤ {_MOST_BYTES}",))
            raise ConfigurationError(path, (too_large,))
        return tomllib.loads(content.decode("utf-8-sig"))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ConfigurationError(path, (Mistake("", MistakeCode.UNREADABLE, reason),)) from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(path, (Mistake("", MistakeCode.NOT_UTF8),)) from error
    except (ValueError, RecursionError) as error:
        # The message of the parser may hold a part of the line, and so of a secret.
        raise ConfigurationError(path, (Mistake("", MistakeCode.SYNTAX, "TOML"),)) from error


def _is_exposed(file: Path) -> bool:
    try:
        return bool(file.stat().st_mode & _OTHERS)
    except OSError:
        return False
