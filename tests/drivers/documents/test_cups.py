"""A document behind CUPS, to its true end; the commands are stood in for where no CUPS is."""

import pytest

from config.model.devices import DocumentPrinter
from drivers.documents import cups
from drivers.documents.cups import CupsDocuments
from drivers.documents.states import DocumentState
from drivers.errors import DeviceError, DeviceReason
from drivers.transports import cups_commands

SETTINGS = DocumentPrinter(queue="office")
S = DocumentState


def followed(printer: CupsDocuments, seconds: float = 20) -> list[S]:
    job = printer.print(b"%PDF-1.7 x", "c1 appointment")
    assert job == "office-7"
    seen: list[S] = []
    assert printer.follow(job, seconds, seen.append) in S
    return seen


def test_a_document_is_handed_over_as_it_is_and_followed_to_its_end(office) -> None:
    office.ends(3, "job-completed-successfully")
    settings = DocumentPrinter(queue="office", host="print.lan:631", paper="a5", duplex=True, tray="Tray-2")  # fmt: skip
    assert followed(CupsDocuments(settings, "c1")) == [S.PRINTING, S.FINISHED]
    assert (office.folder / "lp.job").read_bytes() == b"%PDF-1.7 x"
    order = (office.folder / "lp.args").read_text().strip()
    assert order == (
        "-h print.lan:631 -d office -t c1 appointment -o media=A5,Tray-2 -o sides=two-sided-long-edge -o print-scaling=none"
    )


def test_the_usual_settings_print_one_side_of_a4(office) -> None:
    office.ends(1, "job-completed-successfully")
    followed(CupsDocuments(SETTINGS, "c1"))
    assert "-o media=A4 -o sides=one-sided" in (office.folder / "lp.args").read_text()


@pytest.mark.parametrize(
    ("alerts", "state"),
    [("job-canceled-at-device", S.CANCELLED), ("aborted-by-system", S.FAILED), ("document-unprintable-error", S.FAILED)],
)  # fmt: skip
def test_a_document_that_does_not_come_out_is_never_called_finished(office, alerts, state) -> None:
    office.ends(2, alerts)
    assert followed(CupsDocuments(SETTINGS, "c1"))[-1] is state


def test_what_is_in_the_way_is_named_while_it_is_there(office) -> None:
    """Paper runs out, somebody holds the job, the queue is stopped, and all of it is mended."""
    printing = "printf 'office-7 an 1 Tue\\n\\tAlerts: job-printing\\n' >\"$d/jobs\"\n"
    empty = "printf 'printer office now printing office-7.  enabled since Tue\\n\\tAlerts: media-empty-error, media-needed-error\\n' >\"$d/printer\"\n"
    office.put("after-1", empty)
    office.put("after-2", "printf 'office-7 an 1 Tue\\n\\tAlerts: job-hold-until-specified\\n' >\"$d/jobs\"\n")  # fmt: skip
    office.put("after-3", printing)
    office.put("after-4", "printf 'printer office disabled since Tue -\\n\\tPaused\\n' >\"$d/printer\"\n")  # fmt: skip
    office.put("after-5", "printf 'printer office is idle.  enabled since Tue\\n' >\"$d/printer\"\n")  # fmt: skip
    office.ends(6, "job-completed-successfully")
    seen = followed(CupsDocuments(SETTINGS, "c1"))
    assert seen == [S.PAPER_OUT, S.HELD, S.STOPPED, S.PRINTING, S.FINISHED]


def test_what_is_not_out_in_time_is_taken_back(office) -> None:
    printer = CupsDocuments(SETTINGS, "c1")
    job = printer.print(b"x", "t")
    assert job
    office.is_stopped()
    assert printer.follow(job, 0, lambda _: None) is S.STOPPED
    assert printer.state(job) is S.CANCELLED


def test_what_could_not_be_taken_back_is_unknown(office) -> None:
    printer = CupsDocuments(SETTINGS, "c1")
    job = printer.print(b"x", "t")
    office.put("stubborn")
    assert printer.follow(str(job), 0, lambda _: None) is S.UNKNOWN


def test_a_job_that_cups_forgot_is_unknown(office) -> None:
    assert CupsDocuments(SETTINGS, "c1").state("office-99") is S.UNKNOWN
    office.put("completed", "office-9 an 1 Tue\n\tAlerts: none\n")
    assert CupsDocuments(SETTINGS, "c1").state("office-9") is S.UNKNOWN


@pytest.mark.parametrize(
    ("listed", "reason"),
    [
        ("stopped", DeviceReason.OFFLINE),
        ("media-empty-error", DeviceReason.OUT_OF_PAPER),
        ("shut", DeviceReason.OFFLINE),
    ],
)
def test_nothing_is_handed_to_a_queue_from_which_nothing_comes(office, listed, reason) -> None:
    if listed == "stopped":
        office.is_stopped()
    elif listed == "shut":
        office.put("accepting", "office not accepting requests since Tue -\n")
    else:
        office.is_idle(listed)
    with pytest.raises(DeviceError) as refused:
        CupsDocuments(SETTINGS, "c1").print(b"x", "t")
    assert refused.value.reason is reason
    assert not (office.folder / "lp.job").exists()


def test_an_unknown_queue_a_refusal_and_silence_are_told_apart(office, monkeypatch) -> None:
    monkeypatch.setattr(cups_commands, "_ASK_SECONDS", 0.1)
    monkeypatch.setattr(cups, "_SEND_SECONDS", 0.1)
    for queue, switch, reason in (
        ("elsewhere", "", DeviceReason.NOT_FOUND),
        ("office", "refuse", DeviceReason.DISCONNECTED),
        ("office", "silent", DeviceReason.TIMEOUT),
    ):
        if switch:
            office.put(switch)
        with pytest.raises(DeviceError) as refused:
            CupsDocuments(DocumentPrinter(queue=queue), "c1").print(b"x", "t")
        assert refused.value.reason is reason
        if switch:
            (office.folder / switch).unlink()
    office.put("printer", "")
    with pytest.raises(DeviceError) as nothing:
        CupsDocuments(SETTINGS, "c1").queue()
    assert nothing.value.reason is DeviceReason.NOT_FOUND


def test_a_document_that_cups_may_have_taken_is_unknown(office, monkeypatch) -> None:
    monkeypatch.setattr(cups, "_SEND_SECONDS", 0.1)
    office.put("hang")
    assert CupsDocuments(SETTINGS, "c1").print(b"x", "t") is None


def test_silence_while_a_job_prints_is_unknown_and_not_finished(office, monkeypatch) -> None:
    monkeypatch.setattr(cups_commands, "_ASK_SECONDS", 0.1)
    office.put("silent")
    assert CupsDocuments(SETTINGS, "c1").state("office-7") is S.UNKNOWN


def test_without_the_commands_the_package_is_named(monkeypatch) -> None:
    monkeypatch.setattr(cups_commands, "_PATH", "/nowhere")
    with pytest.raises(DeviceError) as missing:
        CupsDocuments(SETTINGS, "c1")
    assert missing.value.reason is DeviceReason.LIBRARY_MISSING
