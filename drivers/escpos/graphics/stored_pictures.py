"""Cache of pictures in the printer's flash, such as the emblem: which it has, and those that it is sent to store.

A picture's key is a hash of its dots, so the printer's own list of keys is the index of this cache: another printer, one
that lost its memory, or a new picture shows by a key that is not on the list. The list is queried before each slip with
pictures, because a printer ignores a missing key without any error.
"""

import logging
from collections.abc import Mapping

from PIL import Image

from drivers.errors import DeviceError
from drivers.escpos import commands
from drivers.escpos.back_channel import BackChannel
from drivers.escpos.graphics import pictures
from drivers.escpos.status import Block
from drivers.protocols import Transport

_ANSWER_SECONDS = 1.0
_STORE_SECONDS = 60.0
_LIST_HEAD = b"\x37\x72\x40"


class StoredPictures:
    """The pictures of one printer; used by its one thread."""

    def __init__(self, transport: Transport, back: BackChannel, log: logging.Logger) -> None:
        self._transport = transport
        self._back = back
        self._log = log
        self._given: dict[bytes, None] = {}

    def kept(self) -> frozenset[bytes]:
        """The keys that the printer lists; empty after a timeout."""
        command = commands.LIST_STORED_PICTURES
        try:
            self._back.catch_up()
            if self._transport.write(command, _ANSWER_SECONDS) < len(command):
                return frozenset()
            return self._listed()
        except DeviceError:  # printing the slip will raise the same error
            return frozenset()

    def _listed(self) -> frozenset[bytes]:
        for event in self._back.listen(_ANSWER_SECONDS):
            if isinstance(event, Block) and event.data.startswith(_LIST_HEAD):
                keys = event.data[len(_LIST_HEAD) : -1]
                return frozenset(keys[at : at + 2] for at in range(0, len(keys), 2))
        return frozenset()

    def give(self, wanted: Mapping[bytes, Image.Image], kept: frozenset[bytes]) -> bytes:
        """Have the printer keep what it lacks, once in the life of this connection: its memory wears with each.

        Returns what must go before the next job where a picture went only in part: its end, and that it be forgotten.
        """
        for key, image in wanted.items():
            if key in kept or key in self._given:
                continue
            old = [other for other in self._given if other in kept and other not in wanted]
            data = b"".join(map(commands.forget_picture, old)) + pictures.stored(image)
            self._given[key] = None
            try:
                missing = len(data) - self._transport.write(data, _STORE_SECONDS)
            except DeviceError as error:
                self._log.warning("a picture could not be stored: %s", error)
                return b""
            if missing:
                self._log.warning("a picture could not be stored in time")
                return bytes(missing) + commands.forget_picture(key)
            self._log.info("picture %s is stored in the printer", key.hex())
        return b""
