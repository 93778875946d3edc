"""The signature in the file: proof of integrity. It is CA-backed only when the company has loaded such a certificate."""

from dataclasses import asdict
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from ehr.documents import certificates
from ehr.documents.models import Document, SigningIdentity

BESIDES_CERTIFICATES = 4096

if TYPE_CHECKING:
    from ehr.identity.models import User
    from ehr.units.models import LegalEntity


def sign(pdf: bytes, *, document: Document, at: datetime) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers

    identity = identity_of(document.entity, at=at)
    meta = signers.PdfSignatureMetadata(
        field_name="CompanySeal", md_algorithm="sha256", name=document.issuer, reason=document.number
    )
    out = signers.sign_pdf(
        IncrementalPdfFileWriter(BytesIO(pdf)), meta, signer=_signer(identity), bytes_reserved=_room_for(identity)
    )
    data: bytes = out.getvalue()
    return data


def _room_for(identity: SigningIdentity) -> int:
    """Hexadecimal digits for the certificates and, amply, for the signature and what it says. Without it a paper would
    be signed twice, the first time only to see how long that gets."""
    return 2 * (len(identity.certificate) + len(identity.chain) + BESIDES_CERTIFICATES)


def identity_of(entity: "LegalEntity", *, at: datetime) -> SigningIdentity:
    """The certificate in force, made on first use; an expired one of our own is renewed."""
    found = SigningIdentity.objects.filter(entity=entity, in_force=True).first()
    if found is not None and (found.not_after > at or not found.is_self_signed):
        return found
    material = certificates.self_signed(name=entity.name, at=at)
    return SigningIdentity.load(entity=entity, by=None, at=at, **asdict(material))


def load_company_certificate(
    *, entity: "LegalEntity", pkcs12: bytes, password: str, by: "User", at: datetime
) -> SigningIdentity:
    material = certificates.from_pkcs12(pkcs12, password)
    return SigningIdentity.load(entity=entity, by=by, at=at, **asdict(material))


def _signer(identity: SigningIdentity) -> Any:
    from asn1crypto import keys, pem, x509
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    store: Any = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    for _, _, der in pem.unarmor(identity.chain.encode(), multiple=True) if identity.chain else []:
        store.register(x509.Certificate.load(der))
    return SimpleSigner(
        signing_cert=x509.Certificate.load(pem.unarmor(identity.certificate.encode())[2]),
        signing_key=keys.PrivateKeyInfo.load(pem.unarmor(identity.private_key.encode())[2]),
        cert_registry=store,
    )
