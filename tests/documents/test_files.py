import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from ehr.documents import issuing, rendering, signing, tasks
from ehr.documents.digests import sha256_of_bytes
from ehr.documents.models import Document, SigningIdentity
from ehr.documents.storage import read_stored

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def made(document: Document, cast: Any, at: Any) -> bytes:
    issuing.release(document, by=cast.document_clerk, at=at)
    return read_stored(rendering.render(document.pk, at=at).file_key)


def words(pdf: bytes, tmp_path: Path) -> str:
    """The text of the paper without spaces and line ends."""
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf)
    tool = shutil.which("pdftotext")
    assert tool, "poppler-utils is missing: `make quick` installs it"
    out = subprocess.run([tool, str(path), "-"], check=True, capture_output=True, timeout=60)
    return "".join(out.stdout.decode().split())


def signatures(pdf: bytes) -> Any:
    from pyhanko.pdf_utils.reader import PdfFileReader

    return PdfFileReader(io.BytesIO(pdf)).embedded_signatures


def test_the_certificate_carries_the_four_facts_and_rare_names(issue: Any, cast: Any, at: Any, tmp_path: Path) -> None:
    document = issue()

    text = words(made(document, cast, at), tmp_path)

    for fact in (
        "㛃䶮𠮷",
        "2846",
        "2022年3月14日",
        "2026年5月18日",
        "采购专员",
        "2025年3月14日",
        "2028年3月13日",
        "4年2个月",
    ):
        assert fact in text, fact
    for line in (
        "离职证明",
        document.number,
        document.grouped_code,
        document.fingerprint,
        cast.employer.name,
        "第1页，共1页",
    ):
        assert line in text, line


def test_it_names_no_reason_no_remark_and_no_handover(issue: Any, cast: Any, at: Any, tmp_path: Path) -> None:
    text = words(made(issue(), cast, at), tmp_path)

    body = text.partition("依据《劳动合同法》")[0]
    for word in ("原因", "评价", "竞业", "交接", "辞退", "违纪", "争议"):
        assert word not in body, word


def test_an_open_ended_contract_is_said_so(issue: Any, cast: Any, at: Any, tmp_path: Path) -> None:
    from tests.documents.conftest import CONTEXT

    text = words(made(issue(context=CONTEXT | {"contract_end": ""}), cast, at), tmp_path)

    assert "至无固定期限" in text


def test_the_bilingual_certificate_says_the_same_in_english_on_one_page(
    issue: Any, cast: Any, at: Any, tmp_path: Path
) -> None:
    from tests.documents.conftest import CONTEXT

    text = words(made(issue(context=CONTEXT | {"bilingual": True}), cast, at), tmp_path)

    assert "14March2022" in text
    assert "第1页，共1页" in text


def test_the_preview_is_marked_unsealed_and_unsigned(issue: Any, tmp_path: Path) -> None:
    pdf = rendering.preview(issue())

    text = words(pdf, tmp_path)
    assert "签发后在此盖章" in text
    assert "尚未生效" in text
    assert not signatures(pdf)


def test_the_file_is_signed_and_one_changed_byte_shows(issue: Any, cast: Any, at: Any) -> None:
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    pdf = made(issue(), cast, at)
    (signature,) = signatures(pdf)
    trust = ValidationContext(trust_roots=[signature.signer_cert], allow_fetching=False)
    status = validate_pdf_signature(signature, trust)
    assert status.intact
    assert status.valid
    assert signature.signer_cert.subject.native["common_name"] == cast.employer.name

    place = pdf.index(b"stream") + 40
    broken = pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]
    assert not validate_pdf_signature(signatures(broken)[0], trust).intact


def test_the_hash_on_record_is_the_hash_of_the_file(issue: Any, cast: Any, at: Any) -> None:
    document = issue()

    pdf = made(document, cast, at)

    assert Document.objects.get().file_sha256 == sha256_of_bytes(pdf)


def test_making_it_twice_makes_one_file(issue: Any, cast: Any, at: Any, settings: Any) -> None:
    document = issue()
    first = made(document, cast, at)

    again = rendering.render(document.pk, at=at)

    assert read_stored(again.file_key) == first
    assert len([path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]) == 1


def test_the_sweep_makes_what_is_issued_and_leaves_what_waits(issue: Any, cast: Any, at: Any) -> None:
    issued, waiting = issue(), issue()
    issuing.release(issued, by=cast.document_clerk, at=at)

    tasks.sweep()

    assert Document.objects.get(pk=issued.pk).is_rendered
    assert not Document.objects.get(pk=waiting.pk).is_rendered


def test_a_paper_that_cant_be_made_doesnt_hold_up_the_others(issue: Any, cast: Any, at: Any) -> None:
    broken, fine = issue(), issue()
    for document in (broken, fine):
        issuing.release(document, by=cast.document_clerk, at=at)
    Document.objects.filter(pk=broken.pk).update(kind="no_such_kind")

    tasks.sweep()

    assert Document.objects.get(pk=fine.pk).is_rendered
    assert Document.objects.unrendered().get().render_attempts == 1


def test_a_paper_fetches_nothing_from_anywhere(cast: Any) -> None:
    from ehr.documents import paper

    html = '<html><body><img src="http://169.254.169.254/x"><img src="file:///etc/passwd"><p>字</p></body></html>'

    assert b"root:" not in paper.to_pdf(html)


def test_markup_in_a_name_stays_text(issue: Any, cast: Any, at: Any, tmp_path: Path) -> None:
    from tests.documents.conftest import CONTEXT

    text = words(made(issue(context=CONTEXT | {"post": "<script>alert(1)</script>"}), cast, at), tmp_path)

    assert "<script>alert(1)</script>" in text


def test_the_company_key_is_made_once_encrypted_and_self_signed(cast: Any, at: Any) -> None:
    first, second = (signing.identity_of(cast.employer, at=at) for _ in range(2))

    assert first == second
    assert first.is_self_signed
    raw = SigningIdentity.objects.extra(select={"raw": "private_key"}).values_list("raw", flat=True)[0]
    assert b"PRIVATE KEY" not in bytes(raw)


def test_a_company_loads_its_own_certificate_and_signs_with_it(issue: Any, cast: Any, at: Any) -> None:
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, load_pem_private_key, pkcs12
    from cryptography.x509 import load_pem_x509_certificate

    from ehr.documents.certificates import self_signed

    material = self_signed(name="衡川集团有限公司 签章", at=at)
    key = load_pem_private_key(material.private_key.encode(), None)
    certificate = load_pem_x509_certificate(material.certificate.encode())
    data = pkcs12.serialize_key_and_certificates(b"seal", key, certificate, None, BestAvailableEncryption(b"pw"))  # type: ignore[arg-type]
    signing.identity_of(cast.employer, at=at)

    signing.load_company_certificate(entity=cast.employer, pkcs12=data, password="pw", by=cast.admin, at=at)

    (signature,) = signatures(made(issue(), cast, at))
    assert signature.signer_cert.subject.native["common_name"] == "衡川集团有限公司 签章"
    assert SigningIdentity.objects.filter(in_force=True).count() == 1
