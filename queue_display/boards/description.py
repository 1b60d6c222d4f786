"""Description of a board page as JSON: names and numbers of its centre, no rules, no people."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from config.model import Installation
from config.model.programs import Board
from plumbing.languages import HOUSE_LANGUAGE, LANGUAGES

PAGES = Path(__file__).parent / "pages" / "board"
"""The page's files; the hub serves the same folder under `/board/`."""

DEFAULT_ROWS = 6


def labels(
    installation: Installation, shown: Sequence[str] = (), language: str = HOUSE_LANGUAGE
) -> dict[str, Any]:
    """The names behind the ids of the feed: what the hub serves as `/board/labels.json`. No token."""
    centre = installation.centre
    return {
        "title": centre.names.in_(language),
        "authority": centre.authority,
        "hotline": centre.hotline,
        "rows": DEFAULT_ROWS,
        "language": language,
        "languages": LANGUAGES,
        "counters": [
            {"id": counter.id, "number": counter.number, "name": counter.names.in_(language)}
            for counter in sorted(installation.counters, key=lambda counter: counter.number)
            if not shown or counter.id in shown
        ],
        "services": _services(installation, shown, language),
    }


def describe(
    installation: Installation, board: Board, floor_url: str, language: str = HOUSE_LANGUAGE
) -> dict[str, Any]:
    """The `device.json` of one board, with its token: served on the loopback only."""
    return {
        **labels(installation, board.counters, language),
        "title": board.title or installation.centre.names.in_(language),
        "rows": board.rows,
        "floor_url": floor_url,
        "device": board.name,
        "token": board.token.get_secret_value() if board.token else "",
    }


def _services(
    installation: Installation, shown: Sequence[str], language: str
) -> list[dict[str, str]]:
    served = {
        service
        for counter in installation.counters
        if not shown or counter.id in shown
        for tier in counter.profile
        for service in tier
    }
    return [
        {"id": service.id, "name": service.names.in_(language)}
        for service in installation.services
        if service.id in served
    ]
