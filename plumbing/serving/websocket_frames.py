"""Broadcast over websockets: one text frame is serialised once and written to the transport of each connection.

`websockets.broadcast` serialises the frame for each connection (docs/decisions/0034-made-once-for-all.md). It must not be used
with extensions or fragmented messages.
"""

from websockets.asyncio.server import ServerConnection
from websockets.frames import Frame, Opcode
from websockets.protocol import State


def text_frame(text: str) -> bytes:
    """The frame of a server's text message (RFC 6455 §5.6): not masked, not fragmented."""
    return Frame(Opcode.TEXT, text.encode()).serialize(mask=False)


def write_frame(connection: ServerConnection, frame: bytes, largest_buffer: int) -> bool:
    """Write a frame without waiting. False if the reader is too slow: more than `largest_buffer` bytes wait, and the
    connection is aborted. A connection that is not open is left as it is.

    The keepalive of websockets does not notice a slow reader: its ping waits behind the full buffer before its timeout starts.
    """
    transport = connection.transport
    if connection.state is not State.OPEN or transport.is_closing():
        return True
    if transport.get_write_buffer_size() > largest_buffer:
        transport.abort()
        return False
    transport.write(frame)
    return True
