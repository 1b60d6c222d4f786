"""Binds the hub's listening sockets: a port that belongs to another process is a clear error, not a traceback."""

import errno
import resource
import socket
from typing import Final

from hub.errors import HubError, HubProblem

BACKLOG: Final = 2_048
"""Length of the accept queue. When the hub comes back, the whole hall connects at once; a client that finds the
queue full retries after a second."""
_MOST_FILES: Final = 4_096


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes any free one. Raises HubError."""
    # The protocol is named because asyncio switches Nagle's delay off (40 ms an answer) only where it reads TCP here.
    listener = socket.socket(_family(host), socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(BACKLOG)
        return listener
    except OSError as problem:
        listener.close()
        taken = problem.errno == errno.EADDRINUSE
        code = HubProblem.PORT_IN_USE if taken else HubProblem.CANNOT_LISTEN
        reason = problem.strerror or str(problem)
        raise HubError(code, {"host": host, "port": port, "reason": reason}) from problem


def allow_many_sockets() -> None:
    """Raise the process's limit of open files to what both listeners may take: the system's default is 1,024."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST_FILES if hard == resource.RLIM_INFINITY else min(_MOST_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def port_of(listener: socket.socket) -> int:
    """The port that was bound."""
    port: int = listener.getsockname()[1]
    return port


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET
