"""Validation of the files that the configuration names, on this machine: pictures of slips, the hub's TLS certificate and key.

Each machine of a centre has only some of them, so these findings are only warnings.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from config.errors import Mistake, MistakeCode
from config.findings import shown
from config.model import Installation
from config.model.programs import Tls
from config.model.slips import EachBlock, ImageBlock
from config.secrets_file import MachineSecrets

if TYPE_CHECKING:
    from cryptography import x509

WARN_BEFORE: Final = timedelta(days=30)


def check_files(installation: Installation, now: datetime) -> Iterator[Mistake]:
    """Pictures that are missing or not images; certificates and keys that are missing, invalid, expired or soon to expire."""
    for path, block in _images(installation):
        yield from _check_picture(f"{path}.file", block.file)
    if installation.hub.tls is not None:
        yield from _check_tls(installation.hub.tls, now)


def check_secrets(secrets: MachineSecrets) -> Iterator[Mistake]:
    """A file of secrets that is not here, which is right on every machine but the hub's, and files with secrets that other
    users of this machine may read."""
    if secrets.file is not None and not secrets.is_here:
        yield Mistake("secrets", MistakeCode.SECRETS_MISSING, shown(str(secrets.file)))
    for file in secrets.exposed:
        yield Mistake("", MistakeCode.SECRETS_EXPOSED, shown(str(file)))


def _images(installation: Installation) -> Iterator[tuple[str, ImageBlock]]:
    for i, template in enumerate(installation.slips):
        for j, block in enumerate(template.blocks):
            place = f"slips[{i}].blocks[{j}]"
            if isinstance(block, ImageBlock):
                yield place, block
            elif isinstance(block, EachBlock):
                inner = enumerate(block.blocks)
                yield from (
                    (f"{place}.blocks[{k}]", b) for k, b in inner if isinstance(b, ImageBlock)
                )


def _check_picture(path: str, file: str) -> Iterator[Mistake]:
    from PIL import Image  # a tenth of the command's start, and few centres print pictures

    try:
        with Image.open(file) as picture:
            picture.load()
    except FileNotFoundError:
        yield Mistake(path, MistakeCode.PICTURE_MISSING, shown(file))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        yield Mistake(path, MistakeCode.PICTURE_UNREADABLE, shown(file))


def _check_tls(tls: Tls, now: datetime) -> Iterator[Mistake]:
    from cryptography import x509  # costs as much

    contents: dict[str, bytes] = {}
    for name, file in (
        ("certificate", tls.certificate),
        ("key", tls.key),
        ("authority", tls.authority),
    ):
        try:
            contents[name] = Path(file).read_bytes()
        except FileNotFoundError:
            yield Mistake(f"hub.tls.{name}", MistakeCode.TLS_FILE_MISSING, shown(file))
        except (OSError, ValueError):
            yield Mistake(f"hub.tls.{name}", MistakeCode.TLS_FILE_UNREADABLE, shown(file))
    shown_by_hub = None
    for name, file in (("certificate", tls.certificate), ("authority", tls.authority)):
        if name not in contents:
            continue
        try:
            certificate = x509.load_pem_x509_certificate(contents[name])
        except ValueError:
            yield Mistake(f"hub.tls.{name}", MistakeCode.NOT_A_CERTIFICATE, shown(file))
            continue
        yield from _check_term(f"hub.tls.{name}", file, certificate, now)
        if name == "certificate":
            shown_by_hub = certificate
    if "key" in contents:
        yield from _check_key(tls.key, contents["key"], shown_by_hub)


def _check_term(
    path: str, file: str, certificate: "x509.Certificate", now: datetime
) -> Iterator[Mistake]:
    """Report a certificate that has expired or expires soon."""
    until = certificate.not_valid_after_utc
    if now >= until:
        code = MistakeCode.CERTIFICATE_EXPIRED
    elif now >= until - WARN_BEFORE:
        code = MistakeCode.CERTIFICATE_EXPIRES
    else:
        return
    yield Mistake(path, code, shown(file), other=f"{until:%Y-%m-%d}")


def _check_key(
    file: str, content: bytes, certificate: "x509.Certificate | None"
) -> Iterator[Mistake]:
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        PublicFormat,
        load_pem_private_key,
    )

    try:
        key = load_pem_private_key(content, None)
    except (ValueError, TypeError):
        yield Mistake("hub.tls.key", MistakeCode.NOT_A_KEY, shown(file))
        return
    spki = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    if certificate and key.public_key().public_bytes(
        *spki
    ) != certificate.public_key().public_bytes(*spki):
        yield Mistake(
            "hub.tls.key", MistakeCode.KEY_OF_ANOTHER, shown(file), other="hub.tls.certificate"
        )
