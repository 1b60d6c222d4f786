"""Scripted morning of the demonstration: citizens at the kiosk, officers at their desks, each in a thread, through
the real windows."""

import csv
import itertools
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from centerfloor.demo.hall import KIOSK, PINS, REGISTER_FILE, STAFFED, Hall
from centerfloor.demo.processes import AutomatedProcess, DemoError

SERVICES = ("certification", "civil-status", "land", "civil-status")
"""The citizens' services, in turn."""

ERRANDS: Mapping[tuple[str, int], str] = {
    ("terminal-1", 2): "recall",
    ("terminal-2", 1): "miss",
    ("terminal-2", 3): "transfer",
    ("terminal-4", 1): "park",
}
"""What else happens to the n-th citizen of a counter."""

EARLY = 6
"""Number of tickets taken before the counters open."""

RECALL_SECONDS = 1.2
FULLEST = 1
"""The second citizen of each counter finds the hall at its fullest."""

SHOWN_PAUSE = 0.8
"""Seconds between two steps if a person watches."""


@dataclass(slots=True)
class Done:
    """Counts of what has been done, guarded by a lock."""

    issued: int = 0
    called: int = 0
    finished: int = 0
    looked_up: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, what: str) -> int:
        """Add one; the new count."""
        with self.lock:
            setattr(self, what, getattr(self, what) + 1)
            return int(getattr(self, what))


class Morning:
    """Plays the morning of `citizens` people; the callback `progress` is called for each step."""

    def __init__(
        self, hall: Hall, pictures: Path, progress: Callable[[], None], pause: float
    ) -> None:
        self.done = Done()
        self._hall = hall
        self._pictures = pictures
        self._progress = progress
        self._pause = pause
        self._arrived = threading.Event()
        self._doors_open = threading.Event()
        self._codes = _dossier_codes()
        self._code_lock = threading.Lock()

    def play(self, citizens: int) -> None:
        """Run the threads of citizens and officers; returns when all citizens have been served."""
        people = ThreadPoolExecutor(1 + len(STAFFED), "demo-person")
        try:
            kiosk = people.submit(self._citizens, citizens)
            officers = [people.submit(self._officer, name) for name in STAFFED]
            _first_failure([kiosk, *officers], self._arrived)
        finally:
            # All threads have finished by now, or Ctrl-C was pressed: then they end with the programs.
            people.shutdown(wait=False)

    def _citizens(self, citizens: int) -> None:
        try:
            self._look_around()
            for number in range(citizens):
                self._citizen(number)
                if number >= EARLY or number >= citizens // 2:
                    self._doors_open.set()
        finally:
            self._doors_open.set()
            self._arrived.set()

    def _look_around(self) -> None:
        """A citizen looks up the papers for a birth certificate, and the state of a dossier."""
        kiosk = self._hall.kiosk
        kiosk.press("find")
        for key in (*"khai", "space", *"sinh"):
            kiosk.press(f"key-{key}")
        kiosk.picture(self._pictures / "kiosk-5-search.png")
        kiosk.press("home", "dossier")
        kiosk.see("look_up")
        with self._code_lock:
            self._hall.scanners[KIOSK].say(next(self._codes))
        kiosk.see("again")
        kiosk.picture(self._pictures / "kiosk-6-dossier.png")
        self.done.add("looked_up")
        kiosk.press("home")

    def _citizen(self, number: int) -> None:
        kiosk = self._hall.kiosk
        kiosk.see("services")
        self._keep(kiosk, "kiosk-1-welcome", number)
        kiosk.press("services")
        service = SERVICES[number % len(SERVICES)]
        kiosk.see(f"service-{service}")
        self._keep(kiosk, "kiosk-2-services", number)
        kiosk.press(f"service-{service}")
        kiosk.see("confirm")
        if number % 5 == 2:
            kiosk.press("priority-elderly")
        self._keep(kiosk, "kiosk-3-confirm", number)
        self._wait()
        kiosk.press("confirm")
        kiosk.see("done")
        self.done.add("issued")
        self._progress()
        self._printed()
        self._keep(kiosk, "kiosk-4-ticket", number)
        self._wait()
        kiosk.press("done")

    def _printed(self) -> None:
        issued = self.done.issued
        self._hall.observer.wait(
            lambda: self._hall.observer.counts()["printed"] >= issued, f"slip {issued} printed"
        )

    def _officer(self, name: str) -> None:
        desk = self._hall.terminals[name]
        settings = next(t for t in self._hall.installation.counter_terminals if t.name == name)
        counter = next(c for c in self._hall.installation.counters if c.id == settings.counter)
        mine = {service for tier in counter.profile for service in tier}
        if name == "terminal-1":
            desk.see(f"officer-{STAFFED[name]}")
            self._keep(desk, "counter-1-sign-in", 0)
        desk.press(f"officer-{STAFFED[name]}")
        desk.type("pin", PINS[STAFFED[name]])
        desk.press("pin-enter")
        self._doors_open.wait()
        desk.press("open")
        for served in itertools.count():
            if not self._somebody_for(counter.id, mine):
                break
            self._serve(name, desk, served)
        desk.press("sign-out")

    def _somebody_for(self, counter: str, services: set[str]) -> bool:
        """Wait until a ticket waits for this counter; False when all tickets have been served."""
        observer = self._hall.observer

        def waiting() -> bool:
            return any(
                t.state == "waiting" and t.service in services and t.counter in {None, counter}
                for t in observer.tickets()
            )

        def over() -> bool:
            return self._arrived.is_set() and not observer.tickets()

        observer.wait(lambda: waiting() or over(), "somebody to serve", seconds=120)
        return waiting()

    def _serve(self, name: str, desk: AutomatedProcess, served: int) -> None:
        desk.press("call-next")
        self._wait()
        if desk.see("start", "notice") == "notice":
            # A colleague has called the last waiting ticket.
            return
        self._heard()
        errand = ERRANDS.get((name, served))
        if errand == "recall":
            threading.Event().wait(RECALL_SECONDS)
            desk.press("recall")
            self._heard()
        if errand == "miss":
            self._miss(desk)
            return
        desk.press("start")
        self._progress()
        self._look_up(name, desk, served)
        if errand == "transfer":
            desk.press("transfer", "choose-certification")
            return
        if errand == "park":
            self._park(desk)
        if desk.see("confirm-priority", "finish") == "confirm-priority":
            desk.press("confirm-priority")
        desk.press("finish")
        self.done.add("finished")
        self._progress()

    def _heard(self) -> None:
        """A call was made; the citizen comes once it was announced."""
        nth = self.done.add("called")
        self._hall.observer.wait(
            lambda: self._hall.observer.counts()["announced"] >= nth, f"call {nth} announced"
        )

    @staticmethod
    def _miss(desk: AutomatedProcess) -> None:
        """The citizen does not come, and has left word; a minute later they are back with an apology, and are readmitted."""
        number = desk.read("number")
        desk.press("no-show", "choose-said")
        desk.do("type", name="readmit-rows", text=number)
        desk.press("readmit")

    def _park(self, desk: AutomatedProcess) -> None:
        """The citizen fetches a copy; the officer calls the parked ticket when they are back."""
        number = desk.read("number")
        desk.press("park", "choose-5")
        desk.do("type", name="call-parked-rows", text=number)
        desk.press("call-parked")
        desk.see("start")
        self._heard()
        desk.press("start")

    def _look_up(self, name: str, desk: AutomatedProcess, served: int) -> None:
        """The citizen hands over an appointment slip; the officer scans it, or types its code."""
        with self._code_lock:
            code = next(self._codes)
        scanner = self._hall.scanners.get(name)
        if scanner is not None:
            scanner.say(code)
        else:
            desk.do("type", name="dossier-code", text=code)
            desk.press("dossier-look-up")
        desk.see("standing")
        shown = desk.read("dossier-read")
        if shown != code:
            raise DemoError(f"{name}: scanned {code}, the desk shows {shown!r}")
        self.done.add("looked_up")
        self._keep_hall(desk, served)
        desk.press("dossier-put-away")

    def _keep(self, program: AutomatedProcess, name: str, number: int) -> None:
        """One picture of each page is enough: that of the second person, when there is something to see."""
        if number == (0 if name == "counter-1-sign-in" else 1):
            program.picture(self._pictures / f"{name}.png")

    def _keep_hall(self, desk: AutomatedProcess, served: int) -> None:
        """A desk, the board and the sign above the first counter, taken again while there is more to see than
        before."""
        if served > FULLEST:
            return
        desk.picture(self._pictures / "counter-2-serving.png")
        if self._hall.board is not None:
            self._hall.board.picture(self._pictures / "board.png")
        sign = self._hall.folder / "signs" / "c1" / "sign.png"
        if sign.exists():
            shutil.copyfile(sign, self._pictures / "sign.png")

    def _wait(self) -> None:
        if self._pause:
            threading.Event().wait(self._pause)


def _first_failure(futures: list["Future[None]"], arrived: threading.Event) -> None:
    """Wait for all threads; raise their first exception."""
    problem: Exception | None = None
    for future in futures:
        try:
            future.result()
        except DemoError as error:
            arrived.set()
            problem = problem or error
    if problem is not None:
        raise problem


def _dossier_codes() -> Iterator[str]:
    with REGISTER_FILE.open(encoding="utf-8-sig", newline="") as file:
        return itertools.cycle([row["Mã hồ sơ"] for row in csv.DictReader(file)])
