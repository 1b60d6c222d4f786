"""A simulated network camera: an HTTP server that plays the pictures of a folder as Motion JPEG; one thread per viewer.

Not simulated: exposure, focus, motion, a lens, sound, other codecs than JPEG, access control.
"""

import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Final

BOUNDARY: Final = "frame"
FAULTS: Final = ("frozen", "noise", "unplug")
"""`frozen` sends one picture and then nothing, `noise` rubbish instead of JPEG, `unplug` ends after one picture."""

_JPEG: Final = frozenset({".jpg", ".jpeg"})
_OTHERS: Final = frozenset({".png", ".bmp", ".webp"})
_NOISE: Final = bytes(range(256)) * 16
_EMPTY_FOLDER_SECONDS: Final = 0.2


class CameraServer(ThreadingHTTPServer):
    """Every viewer sees the folder from its first picture, each for `hold` seconds, again and again."""

    daemon_threads = True

    def __init__(self, port: int, folder: Path, frames_per_second: float, hold: float) -> None:
        super().__init__(("127.0.0.1", port), _Viewer)
        self.folder = folder
        self.pause = 1 / frames_per_second
        self.hold = hold
        self.fault: str | None = None
        self.ending = Event()

    @property
    def address(self) -> str:
        """The `source` setting for the configuration."""
        return f"http://127.0.0.1:{self.server_port}/"

    def pictures(self) -> Iterator[bytes]:
        """JPEG after JPEG at a steady pace; a picture added to the folder is seen in the next round."""
        due = time.monotonic()
        while not self.ending.is_set():
            shown = False
            for jpeg in filter(None, map(_jpeg_of, sorted(self.folder.iterdir()))):
                shown = True
                for _ in range(max(1, round(self.hold / self.pause))):
                    if self.ending.wait(max(0.0, due - time.monotonic())):
                        return
                    due = max(due + self.pause, time.monotonic())
                    yield jpeg
            if not shown:
                self.ending.wait(_EMPTY_FOLDER_SECONDS)


def _jpeg_of(path: Path) -> bytes | None:
    """A JPEG is sent unchanged: encoding it again would cost more than the rest of the camera."""
    if path.suffix.lower() in _JPEG:
        return path.read_bytes()
    if path.suffix.lower() not in _OTHERS:
        return None
    import cv2  # a third of the start of every other simulator

    image = cv2.imread(str(path))
    return None if image is None else cv2.imencode(".jpg", image)[1].tobytes()


class _Viewer(BaseHTTPRequestHandler):
    server: CameraServer

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", f"multipart/x-mixed-replace; boundary={BOUNDARY}")
        self.end_headers()
        try:
            for jpeg in self.server.pictures():
                self._show(jpeg)
                if self.server.fault == "frozen":
                    self.server.ending.wait()
                if self.server.fault == "unplug":
                    return
        except (BrokenPipeError, ConnectionResetError):
            return

    def _show(self, jpeg: bytes) -> None:
        body = _NOISE if self.server.fault == "noise" else jpeg
        head = f"--{BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: {len(body)}\r\n\r\n"
        self.wfile.write(head.encode() + body + b"\r\n")

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Log nothing: a request of a viewer is routine."""


def serve_http(server: CameraServer, stop: Event, on_ready: Callable[[], None]) -> None:
    """Be a camera until `stop`."""
    thread = Thread(target=server.serve_forever, name="camera", daemon=True)
    thread.start()
    on_ready()
    while not stop.is_set():
        time.sleep(0.1)
    server.ending.set()
    server.shutdown()
    server.server_close()
