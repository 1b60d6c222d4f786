"""TLS certificates: the centre's own certificate authority and the hub's certificate from it (RFC 5280).

Devices trust the authority; its key only signs the hub's certificates, and need not be stored on the hub. Keys are
files that only their owner may read. Certificates begin years back: a board without a clock battery starts in the
past.
"""

import ipaddress
import os
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from hub.errors import HubError, HubProblem

AUTHORITY: Final = "authority.pem"
AUTHORITY_KEY: Final = "authority-key.pem"
CERTIFICATE: Final = "hub.pem"
KEY: Final = "hub-key.pem"
BEGIN: Final = datetime(2020, 1, 1, tzinfo=UTC)
AUTHORITY_LASTS: Final = timedelta(days=20 * 365)
CERTIFICATE_LASTS: Final = timedelta(days=3 * 365)


def make_authority(folder: Path, hosts: Iterable[str], now: datetime) -> None:
    """Make authority and hub certificate in the folder. Raises HubError if there is an authority already, or on a
    write error."""
    if (folder / AUTHORITY).exists() or (folder / AUTHORITY_KEY).exists():
        raise HubError(HubProblem.TLS_EXISTS, {"folder": str(folder)})
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name("Centre floor authority")
    certificate = (
        _begun(name, name, key.public_key(), now + AUTHORITY_LASTS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .sign(key, hashes.SHA256())
    )
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(folder / AUTHORITY_KEY, _private(key), 0o600)
        _write(folder / AUTHORITY, certificate.public_bytes(serialization.Encoding.PEM), 0o644)
    except OSError as problem:
        raise _unwritable(folder, problem) from problem
    renew_certificate(folder, hosts, now)


def renew_certificate(folder: Path, hosts: Iterable[str], now: datetime) -> datetime:
    """Sign a fresh certificate for the hub, with its existing key; the time until which it is valid.

    Without hosts it is for those of the previous certificate. Raises HubError.
    """
    authority, signer = _authority(folder)
    key = _own_key(folder / KEY)
    names = [_general(host) for host in hosts] or _names_before(folder / CERTIFICATE)
    until = min(now + CERTIFICATE_LASTS, authority.not_valid_after_utc)
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key())
    certificate = (
        _begun(_name("Floor hub"), authority.subject, key.public_key(), until)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(issuer, critical=False)
        .sign(signer, hashes.SHA256())
    )
    try:
        _write(folder / KEY, _private(key), 0o600)
        _write(folder / CERTIFICATE, certificate.public_bytes(serialization.Encoding.PEM), 0o644)
    except OSError as problem:
        raise _unwritable(folder, problem) from problem
    return until


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, until: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(BEGIN)
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _authority(folder: Path) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    try:
        certificate = x509.load_pem_x509_certificate((folder / AUTHORITY).read_bytes())
        return certificate, _read_key(folder / AUTHORITY_KEY)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as problem:
        data = {"folder": str(folder), "reason": _reason(problem)}
        raise HubError(HubProblem.TLS_NO_AUTHORITY, data) from problem


def _own_key(file: Path) -> ec.EllipticCurvePrivateKey:
    """The hub's key, kept over renewals, so that clients that pinned it go on."""
    try:
        return _read_key(file)
    except FileNotFoundError:
        return ec.generate_private_key(ec.SECP256R1())
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as problem:
        data = {"certificate": CERTIFICATE, "key": str(file), "reason": _reason(problem)}
        raise HubError(HubProblem.TLS_UNUSABLE, data) from problem


def _read_key(file: Path) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(file.read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError(type(key).__name__)
    return key


def _names_before(file: Path) -> list[x509.GeneralName]:
    try:
        before = x509.load_pem_x509_certificate(file.read_bytes())
        names = before.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    except (OSError, ValueError, x509.ExtensionNotFound) as problem:
        data = {"certificate": str(file), "key": KEY, "reason": _reason(problem)}
        raise HubError(HubProblem.TLS_UNUSABLE, data) from problem
    return list(names.value)


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _general(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _write(file: Path, content: bytes, mode: int) -> None:
    """Write a file atomically, with these permissions from the first byte on."""
    fresh = file.with_name(file.name + "-new")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(file)


def _unwritable(folder: Path, problem: OSError) -> HubError:
    data = {"file": str(folder), "reason": problem.strerror or type(problem).__name__}
    return HubError(HubProblem.FILE_UNWRITABLE, data)


def _reason(problem: Exception) -> str:
    told = problem.strerror if isinstance(problem, OSError) else None
    return told or type(problem).__name__
