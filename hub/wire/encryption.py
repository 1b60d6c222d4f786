"""TLS of the hub: the server certificate for both listeners, and a warning before it expires."""

import logging
import os
import ssl
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from config.model.programs import Tls
from hub.errors import HubError, HubProblem
from plumbing.permissions import denial

log = logging.getLogger("hub")

WARN_BEFORE: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Encryption:
    """The files of the hub's certificate and private key."""

    certificate: Path
    key: Path

    @classmethod
    def of(cls, tls: Tls | None) -> "Encryption | None":
        """As configured; None without TLS."""
        return None if tls is None else cls(Path(tls.certificate), Path(tls.key))

    def context(self, now: datetime) -> ssl.SSLContext:
        """The SSL context of a listener. Raises HubError if certificate or key cannot be used; logs a warning if it
        expires soon."""
        # Only hubs with TLS pay for this import: a fortieth of the processor time of a start.
        from cryptography import x509

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        try:
            context.load_cert_chain(self.certificate, self.key)
            shown = x509.load_pem_x509_certificate(self.certificate.read_bytes())
        except (OSError, ValueError) as problem:
            for file in (self.certificate, self.key):
                if denied := denial(file, os.R_OK):
                    raise HubError(HubProblem.TLS_DENIED, denied) from problem
            told = problem.strerror if isinstance(problem, OSError) else None
            data = {
                "certificate": str(self.certificate),
                "key": str(self.key),
                "reason": told or type(problem).__name__,
            }
            raise HubError(HubProblem.TLS_UNUSABLE, data) from problem
        left = shown.not_valid_after_utc - now
        if left < WARN_BEFORE:
            level = logging.ERROR if left < timedelta(0) else logging.WARNING
            log.log(level, "the certificate of the hub is good until %s: centerfloor tls renew", shown.not_valid_after_utc)  # fmt: skip
        return context


def listener_context(encryption: Encryption | None, now: datetime) -> ssl.SSLContext | None:
    """The SSL context of an encrypted hub, None without TLS. Raises HubError."""
    return None if encryption is None else encryption.context(now)
