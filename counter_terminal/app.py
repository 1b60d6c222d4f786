"""Composition root of the counter terminal.

Order of events: names from the configuration → sentences → desk → window → link to the hub → scanner. Then presses,
scans and changes of the floor reach the desk in the GUI thread; its intents go out over the link; its screen is drawn.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

from config.catalogue.reading import open_catalogue
from config.model import Installation
from config.model.programs import CounterTerminal
from counter_terminal.desk.desk import Desk, Intent
from counter_terminal.desk.events import (
    Ask,
    AskPlace,
    CodeGarbled,
    CodeRead,
    CodeTyped,
    CommandAnswered,
    DeskEvent,
    DossierPutAway,
    EnrolmentChanged,
    FileOpened,
    FileRefused,
    FloorSeen,
    GreyPressed,
    HubLine,
    OfficerChosen,
    PinAnswered,
    PinEntered,
    PrinterLine,
    PrintPaper,
    Prove,
    Question,
    QuestionAnswered,
    ScannerLine,
    SignInLeft,
)
from counter_terminal.desk_printer import DeskPrinter
from counter_terminal.dropped_files import DroppedFiles
from counter_terminal.naming import desk_setup
from counter_terminal.views.window import DeskWindow
from drivers.protocols import Appraisal, DeviceStatus, Scan, Sight
from drivers.registry import open_scanner
from drivers.scanners.handover import Handover
from drivers.scanners.preview import NewestPreview
from drivers.scanners.typed_scans import TypedScans
from drivers.slip import Align, Block, Text
from drivers.supervisor import ScanLoop
from hub.client import Change, EnrolmentSettings, Policy, address_of
from hub.client.printer_reports import conditions_of
from hub.client.qt_link import QtLink
from hub.messages import AskDossier, AskTicket, ProveOfficer, Topic
from plumbing.sentences import Sentences, load_sentences
from service_floor.dossiers.typed import typed_by_scanner
from service_floor.dossiers.worth import appraisal

Mark = Callable[[int], Block]
TOPICS = (Topic.FLOOR, Topic.COUNTERS, Topic.TICKETS, Topic.REPRINTS)


class CounterProgram(QObject):
    """The program on an officer's desk: made by `compose`, begun by `start`, ended by `stop`."""

    _scanned = Signal(object)
    _pictured = Signal()
    _scanner_is = Signal(str)
    _file_read = Signal(object)
    _paper_settled = Signal(object)
    _printer_changed = Signal(object)

    def __init__(self, desk: Desk, window: DeskWindow, link: QtLink, counter: str) -> None:
        super().__init__()
        self.window = window
        self._desk = desk
        self._link = link
        self._counter = counter
        self._open_scanner: Callable[[], ScanLoop] | None = None
        self._scanner: ScanLoop | None = None
        self._open_printer: Callable[[], DeskPrinter] | None = None
        self._printer: DeskPrinter | None = None
        link.changed.connect(self._see)
        link.connected.connect(lambda up: self._take(HubLine(up)))
        link.prompted.connect(lambda prompt: self._take(EnrolmentChanged(prompt)))
        window.officer_chosen.connect(lambda officer: self._take(OfficerChosen(officer)))
        window.pin_entered.connect(lambda pin: self._take(PinEntered(pin)))
        window.sign_in_left.connect(lambda: self._take(SignInLeft()))
        window.pressed.connect(self._take)
        window.code_entered.connect(lambda text: self._take(CodeRead(text)))
        window.dossier_put_away.connect(lambda: self._take(DossierPutAway()))
        window.file_dropped.connect(self._open_file)
        window.drop_refused.connect(lambda reason: self._take(FileRefused(reason)))
        queued = Qt.ConnectionType.QueuedConnection
        self._scanned.connect(self._take_scan, queued)
        self._camera = NewestPreview(self._pictured.emit)
        self._pictured.connect(self._show_camera, queued)
        window.live.looks_changed.connect(self._look)
        self._handover = Handover(self._scanned.emit)
        self._file_read.connect(self._take, queued)
        self._paper_settled.connect(self._take, queued)
        window.paper_chosen.connect(self._take)
        window.explained.connect(lambda action: self._take(GreyPressed(action)))
        self._files = DroppedFiles(self._file_read.emit)
        self._typed = TypedScans(window.isActiveWindow)
        self._typed.scanned.connect(lambda text: self._take(CodeTyped(text)))
        self._scanner_is.connect(lambda health: self._take(ScannerLine(health)), queued)

    def with_scanner(self, settings: CounterTerminal, appraise: Appraisal) -> None:
        """Have the scanner of these settings read when the program starts; `appraise` ranks the codes of one paper."""
        self._files.rank_by(appraise)
        self._typed.rank_by(lambda text: appraise(typed_by_scanner(text) or ""))
        scanner, device = settings.scanner, f"{settings.name}-scanner"
        if scanner is not None:
            self._open_scanner = lambda: ScanLoop(
                device,
                lambda: open_scanner(scanner, device, self._camera, appraise),
                self._handover.deliver,
                on_status=self._watch,
                on_garbled=self._handover.garbled,
            )

    def with_printer(self, settings: CounterTerminal, state: Path, mark: Mark) -> None:
        """Have slips printed from when the program starts; its jobs are kept in the folder `state`."""
        printer, name = settings.printer, settings.name
        if printer is not None:
            settled, changed = self._paper_settled.emit, self._printer_changed.emit
            self._printer_changed.connect(self._report_printer, Qt.ConnectionType.QueuedConnection)
            self._open_printer = lambda: DeskPrinter(name, printer, state, mark, settled, changed)

    def start(self) -> None:
        """Draw, connect, read."""
        self.window.draw(self._desk.screen)
        if (app := QCoreApplication.instance()) is not None:
            app.installEventFilter(self._typed)
        self._link.start()
        if self._open_scanner is not None:
            self._scanner = self._open_scanner()
        if self._open_printer is not None:
            self._printer = self._open_printer()

    def stop(self) -> None:
        """End the threads of scanner, printer and link."""
        if (app := QCoreApplication.instance()) is not None:
            app.removeEventFilter(self._typed)
        self._typed.stop()
        self._handover.end()
        self._files.end()
        if self._scanner is not None:
            self._scanner.close()
        if self._printer is not None:
            self._printer.close()
        self._link.stop()

    def _take_scan(self, scan: Scan | None) -> None:
        self._take(CodeGarbled() if scan is None else CodeRead(scan.text, scan.rivals))
        self._handover.handled()

    def _open_file(self, path: str) -> None:
        self._take(FileOpened() if self._files.read(Path(path)) else FileRefused("busy"))

    def _look(self) -> None:
        """See the camera's picture as long as it is in sight, and no longer."""
        room = self.window.live.room
        if room.isEmpty():
            self._camera.want(None)
            self.window.live.forget()
        else:
            self._camera.want(Sight(room.width(), room.height()))

    def _show_camera(self) -> None:
        preview = self._camera.take()
        if preview is not None:
            self.window.live.show_picture(preview)

    def _watch(self, status: DeviceStatus) -> None:
        health = status.health.value
        self._scanner_is.emit(health if health in {"ready", "fault"} else "unknown")

    def _report_printer(self, status: DeviceStatus) -> None:
        self._link.report_printer(status.health.value, status.reasons)
        self._take(PrinterLine(conditions_of(status.health.value, status.reasons)))

    def _see(self, change: Change) -> None:
        if change.keys and not change.touches(*TOPICS):
            return
        mirror = self._link.mirror
        counter = mirror.counters.get(self._counter)
        ended = mirror.floor is not None and mirror.floor.ended
        tickets, reprints = tuple(mirror.tickets.values()), tuple(mirror.reprints.values())
        self._take(FloorSeen(counter, tickets, mirror.hub_now, ended, reprints))

    def _take(self, event: DeskEvent) -> None:
        for intent in self._desk.handle(event):
            self._carry_out(intent)
        self.window.draw(self._desk.screen)

    def _carry_out(self, intent: Intent) -> None:
        match intent:
            case PrintPaper(slip, code):
                if self._printer is not None:
                    self._printer.print(slip, code)
            case Ask(code):
                self._ask(AskDossier(code=code), intent)
            case AskPlace(code):
                self._ask(AskTicket(code=code), intent)
            case Prove(officer, pin):
                proof = ProveOfficer(officer=officer, pin=pin)
                self._link.send(proof, Policy.ONCE, lambda answer: self._take(PinAnswered(answer)))
            case _:
                self._link.send(
                    intent, Policy.DURABLE, lambda answer: self._take(CommandAnswered(answer))
                )

    def _ask(self, request: AskDossier | AskTicket, question: Question) -> None:
        self._link.send(
            request,
            Policy.REPEAT,
            lambda answer: self._take(QuestionAnswered(question, answer)),
        )


def mark_in(sentences: Sentences) -> Mark:
    """The line above a reprint, by its count."""
    return lambda times: Text(
        sentences.say("papers.mark", times=times), Align.CENTRE, scale=2, bold=True
    )


def compose(installation: Installation, settings: CounterTerminal, state: Path) -> CounterProgram:
    """Put the terminal of these settings together; `state` is the folder of its outbox."""
    sentences: Sentences = load_sentences("counter_terminal", settings.language)
    catalogue, _mistakes = open_catalogue(*map(Path, installation.catalogue.files))
    setup = replace(desk_setup(installation, settings, sentences), procedure_of=catalogue.by_code)
    address = address_of(installation, settings.name, settings.token, state)
    link = QtLink(
        address,
        TOPICS,
        state / f"{settings.name}.outbox",
        enrolment=EnrolmentSettings("counter", state),
    )
    window = DeskWindow(sentences.say)
    program = CounterProgram(Desk(setup), window, link, settings.counter)
    program.with_scanner(settings, appraisal(installation.centre.dossier_prefixes))
    program.with_printer(settings, state, mark_in(sentences))
    return program
