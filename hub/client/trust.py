"""TLS on the client: it trusts only the centre's own authority, and verifies the hub's name."""

import base64
import hashlib
import socket
import ssl
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from hub.client.address import HubAddress

_PATIENCE = 5.0


def context_of(address: HubAddress) -> ssl.SSLContext | None:
    """What a connection to this hub needs, None for one that talks plainly.

    Raises OSError where the file of the authority cannot be read.
    """
    if not address.url.startswith("wss:"):
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_verify_locations(cafile=address.authority)
    return context


def pin_of(address: HubAddress) -> str:
    """The pin of the hub's own key, as Chromium's `--ignore-certificate-errors-spki-list` takes it.

    The hub is asked for its certificate over a connection that the authority vouches for. Raises OSError.
    """
    context = context_of(address)
    if context is None:
        raise ValueError(address.url)
    place = urlsplit(address.url)
    host = place.hostname or ""
    with (
        socket.create_connection((host, place.port or 443), _PATIENCE) as plain,
        context.wrap_socket(plain, server_hostname=host) as wire,
    ):
        shown = x509.load_der_x509_certificate(wire.getpeercert(binary_form=True) or b"")
    key = shown.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(hashlib.sha256(key).digest()).decode("ascii")
