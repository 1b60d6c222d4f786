"""The source of the suite, read once for all guards."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = (
    "benchmarks",
    "centerfloor",
    "config",
    "counter_terminal",
    "drivers",
    "hub",
    "kiosk",
    "plumbing",
    "queue_display",
    "service_floor",
)

T = TypeVar("T", bound=ast.AST)
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One Python file: its text, its tree, and where something stands in it."""

    path: Path

    @cached_property
    def name(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @cached_property
    def _by_kind(self) -> dict[type[ast.AST], list[ast.AST]]:
        found: dict[type[ast.AST], list[ast.AST]] = {}
        for node in ast.walk(self.tree):
            found.setdefault(type(node), []).append(node)
        return found

    def nodes(self, *kinds: type[T]) -> Iterator[T]:
        """The nodes of these kinds, one kind after the other: the tree is walked once for all guards."""
        return (node for kind in kinds for node in self._by_kind.get(kind, ()))

    def at(self, node: ast.stmt | ast.expr | ast.excepthandler) -> str:
        return f"{self.name}:{node.lineno}"


def _sources(folder: str) -> tuple[Source, ...]:
    return tuple(Source(path) for path in sorted((ROOT / folder).rglob("*.py")))


@pytest.fixture(scope="session")
def product() -> tuple[Source, ...]:
    """Every module that ships, and the benchmarks."""
    return tuple(source for folder in PRODUCT for source in _sources(folder))


@pytest.fixture(scope="session")
def tests() -> tuple[Source, ...]:
    return _sources("tests")
