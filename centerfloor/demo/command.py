"""`centerfloor demo`: starts the hall, plays a morning in it, keeps the pictures, and checks the counts."""

import os
import shutil
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

import click

from centerfloor.demo.hall import ENROLMENT_PICTURE, STAFFED, Hall, has_browser, open_hall
from centerfloor.demo.morning import SHOWN_PAUSE, Morning
from centerfloor.demo.outcome import DemoOutcome, compare_counts, with_marks
from centerfloor.demo.processes import DemoError
from config.planning import floor_plan
from hub.database.storage import close_store, database_in, open_store
from hub.reports.day_report import report_of
from service_floor.zone import ZONE

PARTS = 4 + len(STAFFED) + 1
"""Parts of the hall that are reported as they start."""
STEPS_OF_A_CITIZEN = 3
PICTURES = ("kiosk-?-*.png", "counter-?-*.png", "board.png", "ticket.png", "sign.png")
SETTLE_SECONDS = 45.0
DAY_SECONDS = 12 * 3600.0


@click.command()
@click.option("--headless", is_flag=True, help="Off-screen, even where there is a display.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("demo-output"), show_default=True, metavar="DIR", help="Where the pictures are kept.")  # fmt: skip
@click.option("--citizens", type=click.IntRange(2, 200), default=12, show_default=True, metavar="N")
def demo(headless: bool, out: Path, citizens: int) -> None:
    """The main job, end to end, with every device simulated.

    A hub, a kiosk, three counter terminals, a board and an agent run as on a floor; a printer, scanners and LED signs
    are programs at the far end of real wires. Everything is encrypted by the hall's own authority, and a supervisor lets
    kiosk, terminals and board in by the codes on their screens. N citizens take tickets, are called, served, and hand
    over dossiers.

    With a display everything opens as windows, which stay open afterwards to be tried by hand. Without one the same
    programs run off-screen. Pictures land in DIR. Exit status 1 if any count is wrong, or the fairness report of the
    morning has a mark.
    """
    screen = not headless and bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    if not has_browser():
        click.echo("No Chromium here: the hall board is left out, nothing will be shown.", err=True)
    _clear(out)
    folder = Path(tempfile.mkdtemp(prefix="centerfloor-demo-"))
    began = time.monotonic()
    try:
        result = _run(folder, out, citizens, screen)
    except DemoError as error:
        shutil.copytree(folder / "log", out / "log", dirs_exist_ok=True)
        raise click.ClickException(f"{error}\nThe programs' logs are in {out / 'log'}.") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    click.echo(result.line)
    for sentence in result.wrong:
        click.echo(f"WRONG: {sentence}", err=True)
    seconds = time.monotonic() - began
    pictures = len(list(out.glob("*.png")))
    click.echo(f"{pictures} pictures in {out}/, {citizens} citizens in {seconds:.0f} s")
    sys.exit(1 if result.wrong else 0)


def _clear(out: Path) -> None:
    """Remove what an earlier demonstration left; other files in the folder stay."""
    out.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(out / "log", ignore_errors=True)
    for pattern in PICTURES:
        for picture in out.glob(pattern):
            picture.unlink()


def _run(folder: Path, out: Path, citizens: int, screen: bool) -> DemoOutcome:
    steps = PARTS + STEPS_OF_A_CITIZEN * citizens
    with click.progressbar(length=steps, label="A morning", file=sys.stderr) as bar:

        def step() -> None:
            bar.update(1)

        with open_hall(folder, screen, lambda _: step()) as hall:
            morning = Morning(hall, out, step, SHOWN_PAUSE if screen else 0.0)
            morning.play(citizens)
            _settle(hall, morning)
            _keep_pictures(hall, out)
            result = _outcome(hall, morning, citizens)
            bar.update(steps)
            if screen:
                _stay_open(hall, result)
            return result


def _settle(hall: Hall, morning: Morning) -> None:
    """Wait until screens and loudspeaker have done their last call; after the timeout the check counts it as
    missing."""
    wanted = morning.done.called

    def settled() -> bool:
        counts = hall.observer.counts()
        shown = hall.board is None or counts["shown"] >= wanted
        return shown and counts["announced"] >= wanted

    try:
        hall.observer.wait(settled, "the last call shown and announced", SETTLE_SECONDS)
    except DemoError:
        return


def _outcome(hall: Hall, morning: Morning, citizens: int) -> DemoOutcome:
    done = morning.done
    expected = {
        "issued": citizens,
        "printed": citizens,
        "called": done.called,
        "shown": done.called if hall.board is not None else 0,
        "announced": done.called,
        "looked_up": done.looked_up,
    }
    outcome = compare_counts(hall.observer.counts(), expected, hall.slips, hall.observer.numbers())
    return with_marks(outcome, _marks(hall))


def _marks(hall: Hall) -> int:
    """How many calls and ways the fairness report of the morning leaves without rule and reason."""
    day = datetime.now(ZONE).date()
    engine = open_store(database_in(hall.folder / "data"))
    try:
        report = report_of(engine, floor_plan(hall.installation, day), day)
    finally:
        close_store(engine)
    return report.fairness.unexplained + report.fairness.ways_unexplained if report else 0


def _keep_pictures(hall: Hall, out: Path) -> None:
    slips = sorted(hall.slips.glob("slip-*.png"))
    if len(slips) > 1:
        shutil.copyfile(slips[1], out / "ticket.png")
    shutil.copyfile(hall.folder / ENROLMENT_PICTURE, out / "kiosk-0-enrolment.png")


def _stay_open(hall: Hall, result: DemoOutcome) -> None:
    """Leave the windows to the visitor."""
    click.echo(
        f"\n{result.line}\nThe windows stay open: try them. Ctrl-C ends everything.", err=True
    )
    try:
        hall.observer.wait(lambda: not hall.kiosk.alive, "the kiosk's window closed", DAY_SECONDS)
    except (KeyboardInterrupt, DemoError):
        return
