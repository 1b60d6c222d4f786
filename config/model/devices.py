"""Model of the devices: kind, wire, and the program that owns it."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator

from config.model.base import Declared, Identifier
from config.model.printer_profile import CutFeed, Cutter, PaperWidth, PrinterProfile


class SerialPort(Declared):
    """A serial line, a USB-COM port or a pseudo-terminal."""

    wire: Literal["serial"] = Field(description="How it is connected")
    path: str = Field(
        description="Device path; prefer /dev/serial/by-id/…, by-path for two alike. * stands for any characters: the first such port is taken",
        min_length=1,
    )
    baud: int = Field(9600, description="Baud rate", ge=1200, le=921_600)
    handshake: Literal["none", "rtscts", "xonxoff"] = Field(
        "none", description="Flow control of the line"
    )


class TcpPort(Declared):
    """A TCP port, such as 9100 of a network printer."""

    wire: Literal["tcp"] = Field(description="How it is connected")
    host: str = Field(description="Host name or address", min_length=1)
    port: int = Field(9100, description="TCP port", ge=1, le=65_535)


class UsbPort(Declared):
    """A printer of the USB printer class, read and written through the kernel's usblp."""

    wire: Literal["usb"] = Field(description="How it is connected")
    path: str = Field(
        "/dev/usb/lp*",
        description="Device path; * stands for any characters: the first such printer that is free is taken",
        min_length=1,
    )
    identity: str = Field(
        "",
        description="Text in the printer's IEEE 1284 identity or serial number, to know it among several (/sys/class/usbmisc/lp0/device/ieee1284_id)",
        max_length=100,
    )


class CupsQueue(Declared):
    """A raw queue of CUPS, for a printer that several computers share. The printer cannot report its status."""

    wire: Literal["cups"] = Field(description="How it is connected")
    queue: str = Field(description="Name of the queue", min_length=1, max_length=127)
    host: str = Field(
        "",
        description="CUPS server, empty for this machine",
        max_length=255,
    )


Wire = Annotated[SerialPort | TcpPort, Field(discriminator="wire")]
PrinterWire = Annotated[SerialPort | TcpPort | UsbPort | CupsQueue, Field(discriminator="wire")]


TextStrategy = Literal["tcvn3", "glyphs", "raster"]
"""How Vietnamese comes on paper."""


def _profile(text: str) -> str:
    """Accept JSON of a whole profile; the value of the setting stays text, so that settings can be compared and cached."""
    if text:
        PrinterProfile.model_validate_json(text, strict=True)
    return text


class EscposPrinter(Declared):
    """A thermal ticket printer speaking ESC/POS. Settings that are left out are those of its model."""

    kind: Literal["escpos"] = Field(description="What it is")
    port: PrinterWire = Field(description="How the printer is reached")
    model: str = Field(
        "generic-80",
        description="Model of the printer: a name of docs/devices/printers.md, or of python-escpos's database",
        min_length=1,
        max_length=40,
    )
    paper_mm: PaperWidth | None = Field(None, description="Paper width in millimetres")
    columns: int | None = Field(
        None,
        description="Letters of the printer's own font on a line, such as 42 where a switch of the printer makes it so",
        ge=16,
        le=80,
    )
    width_dots: int | None = Field(
        None,
        description="Dots that the head prints across the paper: 576 on most printers of 80 mm, 384 of 58 mm. Required where the model's width is not known",
        ge=200,
        le=832,
    )
    text: TextStrategy | None = Field(
        None,
        description="How Vietnamese is printed: TCVN-3 text (small and fast, the printer must have the pages), letters taught to the printer (ESC &), or a picture of each line; below 115200 baud pictures give way to taught letters where the printer takes them",
    )
    page_lower: int | None = Field(
        None, description="ESC t number of the TCVN-3 page of small letters", ge=0, le=255
    )
    page_upper: int | None = Field(
        None, description="ESC t number of the TCVN-3 page of capitals", ge=0, le=255
    )
    user_glyphs: bool | None = Field(None, description="The printer can be taught letters (ESC &)")
    native_qr: bool | None = Field(None, description="The printer draws QR codes itself (GS ( k)")
    native_code128: bool | None = Field(
        None, description="The printer draws Code 128 itself (GS k)"
    )
    code128_sets: bool | None = Field(
        None,
        description="GS k 73 is given the code set ({B, {C); off for firmware that chooses it itself and would draw these two characters",
    )
    nv_graphics: bool | None = Field(
        None, description="The printer keeps pictures such as the emblem (GS ( L)"
    )
    process_id: bool | None = Field(
        None,
        description="The printer is asked to name each slip that is on paper (GS ( H); off for firmware that prints the question",
    )
    automatic_status: bool | None = Field(
        None,
        description="The printer is told to report each change by itself (GS a); off for firmware that prints the command",
    )
    cutter: Cutter | None = Field(
        None,
        description="How the paper is cut: through, but for a bridge, or not at all, so that it is torn off",
    )
    full_cut: bool = Field(False, description='The same as `cutter = "full"`')
    cut_feed: CutFeed | None = Field(
        None,
        description="Who feeds the paper to the cutter: the printer, which knows where it is (GS V 66), or this computer by `feed_before_cut_dots`. Where that is given, this computer does",
    )
    feed_before_cut_dots: int | None = Field(
        None, description="Dots between the print head and the cutter", ge=0, le=500
    )
    motion_units: bool | None = Field(
        None,
        description="The printer is given its unit of feed (GS P), which on many is half a dot; off for firmware that prints the command",
    )
    presenter: bool | None = Field(
        None, description="A presenter holds each slip after the cut and hands it out (GS e)"
    )
    not_taken: Literal["wait", "retract"] = Field(
        "wait",
        description="A slip that is left in the slot: the next one waits for it and then pushes it out, or the presenter draws it in",
    )
    forgotten_seconds: int = Field(
        30,
        description="Seconds after which a slip in the slot is forgotten; one with personal data is always drawn in then, if the printer can",
        ge=5,
        le=600,
    )
    keeps_buffer: bool | None = Field(
        None,
        description="The printer finishes a slip whole that the end of the paper or an open cover stopped; of one that loses what it holds such a slip is never called printed",
    )
    near_end_sensor: bool | None = Field(
        None, description="The printer reports by itself that the end of the roll is near"
    )
    pace_bytes: int | None = Field(
        None,
        description="Bytes behind which a pause is made on a serial line without handshake; 0 for none",
        ge=0,
        le=65_536,
    )
    pace_ms: int | None = Field(
        None, description="Length of these pauses in milliseconds", ge=0, le=1000
    )
    facts: Annotated[str, AfterValidator(_profile)] = Field(
        "",
        description="All facts about the model as JSON; filled in from the file `printer_profiles`, not written by hand",
        max_length=20_000,
    )
    one_way: bool = Field(
        False,
        description="Nothing ever comes back from the printer, as from many cheap ones: slips are sent without asking, and whether one came out is never known",
    )
    longest_list_mm: int = Field(
        400,
        description="A list of papers that would be longer is shortened: some cases, and where the whole list is",
        ge=150,
        le=2000,
    )
    roll_metres: int | None = Field(
        None,
        description="Length of a new paper roll, to reckon what is left where the printer has no sensor for it; left out, 50 for paper of 70 mm and more, 15 below",
        ge=5,
        le=400,
    )

    @model_validator(mode="before")
    @classmethod
    def _former_name(cls, data: Any) -> Any:
        """Read `profile`, the former name of `model`, in files written before."""
        if isinstance(data, dict) and "profile" in data and "model" not in data:
            return {("model" if key == "profile" else key): value for key, value in data.items()}
        return data


class DocumentPrinter(Declared):
    """An office printer of A4 or A5 pages behind a queue of CUPS, for forms."""

    queue: str = Field(description="Name of the queue", pattern=r"^[A-Za-z0-9_.-]{1,127}$")
    host: str = Field("", description="CUPS server, empty for this machine", max_length=255)
    paper: Literal["a4", "a5"] = Field("a4", description="Paper that lies in it")
    duplex: bool = Field(False, description="Print both sides")
    tray: str = Field(
        "",
        description="Tray, by the name that CUPS has for it; empty leaves it to the queue",
        pattern=r"^[A-Za-z0-9_.-]{0,60}$",
    )
    patience_seconds: int = Field(
        120, description="A document that is not out after so long is taken back", ge=5, le=3_600
    )


class SerialScanner(Declared):
    """A barcode scanner in serial or USB-COM mode."""

    kind: Literal["serial-scanner"] = Field(description="What it is")
    port: Wire = Field(description="How the scanner is reached")
    prefix: str = Field(
        "", description="Characters that the scanner puts before each code", max_length=8
    )
    suffix: str = Field(
        "\r", description="Characters that end each code", min_length=1, max_length=4
    )


class EvdevScanner(Declared):
    """A barcode scanner in keyboard mode, read from its event nodes before desktop and input method see a key."""

    kind: Literal["evdev-scanner"] = Field(description="What it is")
    path: str = Field(
        description="Its event node; prefer /dev/input/by-id/…-event-kbd, by-path for two alike. * stands for all nodes of one scanner",
        min_length=1,
    )
    grab: bool = Field(True, description="Keep its keys from the desktop; off only where none runs")
    prefix: str = Field(
        "", description="Characters that the scanner puts before each code", max_length=8
    )
    suffix: str = Field(
        "\r", description="Characters that end each code", min_length=1, max_length=4
    )


class CameraScanner(Declared):
    """A camera that reads codes held before it."""

    kind: Literal["camera"] = Field(description="What it is")
    source: str = Field(
        description="/dev/video0 or /dev/v4l/by-id/…, or an address rtsp://… or http://… of a network camera",
        pattern=r"^(/dev/|rtsps?://|https?://)\S+$",
    )
    width: int = Field(1280, description="Picture width asked for, pixels", ge=320, le=3840)
    height: int = Field(720, description="Picture height asked for, pixels", ge=240, le=2160)


Scanner = Annotated[SerialScanner | EvdevScanner | CameraScanner, Field(discriminator="kind")]


class SerialSign(Declared):
    """Settings that every family of counter signs has."""

    port: Wire = Field(description="How the sign is reached")
    address: int = Field(1, description="Address of the sign on its line", ge=1, le=99)
    columns: int = Field(8, description="Characters that fit on the sign", ge=3, le=32)
    counter: Identifier = Field(description="The counter below the sign")


class LedSign(SerialSign):
    """A serial LED sign above a counter (framing: STX address text checksum ETX)."""

    kind: Literal["led-sign"] = Field(description="What it is")


Sign = LedSign
"""Every family of signs; from the second on `Annotated[LedSign | …, Field(discriminator="kind")]`."""


class AlsaSpeaker(Declared):
    """The sound card of the machine, played through `aplay`."""

    kind: Literal["alsa"] = Field(description="What it is")
    card: str = Field("default", description="ALSA device name")


class WavFolderSpeaker(Declared):
    """No sound card: each announcement is kept as a WAV file in a folder."""

    kind: Literal["wav-folder"] = Field(description="What it is")
    folder: str = Field(description="Folder for the files, created when missing", min_length=1)


Speaker = Annotated[AlsaSpeaker | WavFolderSpeaker, Field(discriminator="kind")]
