"""A small authority, and certificates that are right or wrong in one way each."""

import ipaddress
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DAY = timedelta(days=1)
HERE = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
ELSEWHERE = x509.DNSName("mail.elsewhere.example")


class Authority:
    def __init__(self, folder: Path) -> None:
        self.folder, self.key = folder, ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "authority of the tests")])
        self.path = folder / "authority.pem"
        certificate = self._sign(self.name, self.key.public_key(), authority=True)
        self.path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))

    def context(self, fault: str = "") -> ssl.SSLContext:
        """fault: "" none, "expired", "self_signed" or "other_host"."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"server {fault}")])
        until = -DAY if fault == "expired" else 30 * DAY
        host = ELSEWHERE if fault == "other_host" else HERE
        signer = (name, key) if fault == "self_signed" else None
        certificate = self._sign(name, key.public_key(), until=until, host=host, signer=signer)
        path = self.folder / f"server_{fault}.pem"
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context

    def _sign(self, name, public_key, *, until=30 * DAY, host=None, signer=None, authority=False):  # type: ignore[no-untyped-def]
        issuer, key = signer or (self.name, self.key)
        now = datetime.now(UTC)
        draft = x509.CertificateBuilder().subject_name(name).issuer_name(issuer).public_key(public_key)
        draft = draft.serial_number(x509.random_serial_number())
        draft = draft.not_valid_before(now - 60 * DAY).not_valid_after(now + until)
        draft = draft.add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        if host is not None:
            draft = draft.add_extension(x509.SubjectAlternativeName([host]), critical=False)
        return draft.sign(key, hashes.SHA256())
