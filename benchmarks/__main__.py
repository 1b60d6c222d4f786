"""The command `python -m benchmarks`: runs one bench or all in this process, prints the figures, and fails if a bar is missed."""

import asyncio
import sys
import tempfile
from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path
from typing import TextIO

import click

from benchmarks.figures import Figure, as_json, as_table
from benchmarks.machine import described, fsync_ms
from benchmarks.place import BenchFailedError, BenchSkippedError, Place, root_folder
from benchmarks.registry import BENCHES, bench


def _known(_context: click.Context, _parameter: click.Parameter, name: str | None) -> str | None:
    if name is None or name in BENCHES:
        return name
    close = get_close_matches(name, BENCHES, 1)
    hint = f" Did you mean {close[0]!r}?" if close else ""
    raise click.BadParameter(f"there is no bench {name!r}; there are: {', '.join(BENCHES)}.{hint}")


@click.command()
@click.argument("name", required=False, callback=_known, metavar="[NAME]")
@click.option(
    "--json", "json_file", type=click.File("w", encoding="utf-8", lazy=False), metavar="FILE",
    help="Write the figures as a JSON list too.",
)  # fmt: skip
@click.option(
    "--against", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="PATH",
    help="Another checkout of this repository, which the bench `house` measures in turn with this one.",
)  # fmt: skip
def main(name: str | None, json_file: TextIO | None, against: Path | None) -> None:
    """Measure the suite on this machine: the bench NAME, such as hub or board, or all of them.

    Exit status 1 where a figure misses its bar or a bench cannot be carried out. docs/benchmarks.md explains the figures.
    """
    figures: list[Figure] = []
    failed = False
    with tempfile.TemporaryDirectory(prefix="bench-", dir=root_folder()) as folder:
        disk_ms = fsync_ms(Path(folder))
        click.echo(described(root_folder(), disk_ms) + "\n")
        for each in [name] if name else BENCHES:
            try:
                place = Place(Path(folder) / each, disk_ms, _said(each), against)
                figures += _measured(each, place)
            except BenchSkippedError as reason:
                click.echo(f"{each}: skipped: {reason}", err=True)
            except BenchFailedError as problem:
                click.echo(f"{each}: {problem}", err=True)
                failed = True
    if json_file is not None:
        json_file.write(as_json(figures))
    click.echo(as_table(figures), nl=False)
    sys.exit(0 if not failed and all(figure.ok for figure in figures) else 1)


def _said(name: str) -> Callable[[str], None]:
    return lambda text: click.echo(f"{name}: {text}", err=True)


def _measured(name: str, place: Place) -> tuple[Figure, ...]:
    place.folder.mkdir()

    async def measuring() -> tuple[Figure, ...]:
        return await bench(name)(place)

    try:
        return asyncio.run(measuring())
    except BaseExceptionGroup as group:
        # Several clients lose the same hub at once; the first exception of the group is enough.
        failures, others = group.split(BenchFailedError)
        if failures is None or others is not None:
            raise
        raise _first(failures) from group


def _first(group: BaseExceptionGroup[BenchFailedError]) -> BenchFailedError:
    first = group.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first


if __name__ == "__main__":
    main(prog_name="python -m benchmarks")
