"""Binds the hub's listening sockets: a port that belongs to another process is a clear error, not a traceback."""

import errno
import resource
import socket

from hub.errors import HubError, HubProblem
from plumbing.limits import ACCEPT_QUEUE, FILES, OWN_FILES


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes any free one. Raises HubError."""
    # The protocol is named because asyncio switches Nagle's delay off (40 ms an answer) only where it reads TCP here.
    listener = socket.socket(_family(host), socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(ACCEPT_QUEUE)
        return listener
    except OSError as problem:
        listener.close()
        taken = problem.errno == errno.EADDRINUSE
        code = HubProblem.PORT_IN_USE if taken else HubProblem.CANNOT_LISTEN
        reason = problem.strerror or str(problem)
        raise HubError(code, {"host": host, "port": port, "reason": reason}) from problem


def allow_many_sockets(files: int = FILES) -> None:
    """Raise the process's limit of open files, as a rule to what both listeners may take: the system's default is 1,024."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = files if hard == resource.RLIM_INFINITY else min(files, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def share_of_places() -> float:
    """The share of the connections that both listeners may hold with the open files that this process has: 1 is all."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return 1.0
    return min(1.0, max(0.0, (soft - min(OWN_FILES, soft / 2)) / (FILES - OWN_FILES)))


def port_of(listener: socket.socket) -> int:
    """The port that was bound."""
    port: int = listener.getsockname()[1]
    return port


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET
