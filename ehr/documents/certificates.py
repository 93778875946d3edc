"""Certificates as bytes: our own self-signed P-256 one, and what a company loads from its PKCS#12 file."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from ehr.errors import Refused

YEARS = 5


@dataclass(frozen=True, kw_only=True)
class Material:
    certificate: str
    chain: str
    private_key: str
    subject: str
    fingerprint: str
    is_self_signed: bool
    not_before: datetime
    not_after: datetime


def self_signed(*, name: str, at: datetime) -> Material:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec

    key, who = ec.generate_private_key(ec.SECP256R1()), _named(name)
    builder = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=366 * YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(), critical=True)
    )
    return _material(key, builder.sign(key, hashes.SHA256()), chain=[])


def subject_of(name: str) -> str:
    """Whom our own certificate for this name speaks of."""
    return _in_words(_named(name))


def from_pkcs12(data: bytes, password: str) -> Material:
    from cryptography.hazmat.primitives.serialization import pkcs12

    try:
        key, certificate, chain = pkcs12.load_key_and_certificates(data, password.encode() or None)
    except ValueError as error:
        detail = _("This file can't be opened: wrong password, or not a PKCS#12 file.")
        raise Refused("certificate_unreadable", detail, field="file") from error
    if key is None or certificate is None:
        raise Refused("certificate_without_key", _("The file holds no certificate with its key."), field="file")
    return _material(key, certificate, chain=chain)


def _named(name: str) -> Any:
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    return x509.Name([x509.NameAttribute(oid, name[:64]) for oid in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME)])


def _in_words(subject: Any) -> str:
    return str(subject.rfc4514_string())[:250]


def _usage() -> Any:
    from cryptography import x509

    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


def _material(key: Any, certificate: Any, *, chain: list[Any]) -> Material:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return Material(
        certificate=certificate.public_bytes(Encoding.PEM).decode(),
        chain="".join(one.public_bytes(Encoding.PEM).decode() for one in chain),
        private_key=pem.decode(),
        subject=_in_words(certificate.subject),
        fingerprint=certificate.fingerprint(hashes.SHA256()).hex(),
        is_self_signed=certificate.issuer == certificate.subject,
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
    )
