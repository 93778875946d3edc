"""A company that is renamed, or takes another seal, changes no paper that was issued before."""

import io
from dataclasses import asdict
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from PIL import Image

from ehr import documents, record
from ehr.documents import certificates, issuing, queries, rendering, signing, storage
from ehr.documents.models import Document, SigningIdentity
from ehr.units.models import LegalEntity
from tests.documents.conftest import CONTEXT
from tests.documents.test_files import signatures

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

OLD, NEW = "衡川商贸有限公司", "衡川科技股份有限公司"
RED, BLUE = "#c00000", "#0000c0"
migration = import_module("ehr.documents.migrations.0004_employer_as_it_was")


@pytest.fixture
def employer(cast: Any) -> LegalEntity:
    become(cast.employer, OLD, RED)
    return cast.employer


def become(employer: LegalEntity, name: str, colour: str) -> None:
    employer.name, seal = name, io.BytesIO()
    Image.new("RGB", (2, 2), colour).save(seal, "PNG")
    employer.seal.save("seal.png", ContentFile(seal.getvalue()))


def issued(document: Document, cast: Any, at: Any) -> Document:
    issuing.release(document, by=cast.document_clerk, at=at)
    return Document.objects.get(pk=document.pk)


def test_an_issued_paper_is_made_again_as_it_was(issue: Any, employer: Any, cast: Any, at: Any) -> None:
    before = rendering.html_of(issued(issue(), cast, at))

    become(employer, NEW, BLUE)

    again = rendering.html_of(Document.objects.get())
    assert again == before
    assert OLD in again
    assert NEW not in again


def test_its_page_and_the_public_check_name_the_issuer_of_then(issue: Any, employer: Any, cast: Any, at: Any) -> None:
    code = issued(issue(), cast, at).verify_code

    become(employer, NEW, BLUE)

    answer = queries.answer_for(code, at=at)
    detail = queries.detail_of(cast.document_clerk, Document.objects.get())
    assert OLD in [value for _label, value in answer.facts]
    assert OLD in [value for _label, value in detail.facts]


def test_a_paper_that_waits_takes_the_name_and_seal_it_is_issued_under(
    issue: Any, employer: Any, cast: Any, at: Any
) -> None:
    document = issue()
    become(employer, NEW, BLUE)

    draft = Document.objects.get(pk=document.pk)
    assert draft.issuer == NEW
    assert NEW in rendering.html_of(draft, is_draft=True)
    assert issued(draft, cast, at).seal_key == employer.seal.name


def test_a_new_edition_names_the_new_company_and_the_old_one_stays(
    issue: Any, somebody: Any, employer: Any, cast: Any, at: Any
) -> None:
    first = issued(issue(), cast, at)
    become(employer, NEW, BLUE)

    second = issued(documents.reissue(first, holder=somebody, context=CONTEXT, by=None, at=at), cast, at)

    first.refresh_from_db()
    assert (first.state, first.issuer, second.issuer) == ("superseded", OLD, NEW)
    assert rendering.html_of(first) != rendering.html_of(second)


def test_without_an_own_seal_the_one_drawn_then_stays(issue: Any, cast: Any, at: Any) -> None:
    before = rendering.html_of(issued(issue(), cast, at))

    become(cast.employer, NEW, BLUE)

    assert rendering.html_of(Document.objects.get()) == before


def test_a_file_made_late_is_signed_for_the_issuer_of_then(issue: Any, employer: Any, cast: Any, at: Any) -> None:
    become(employer, OLD, RED)
    document = issued(issue(), cast, at)
    become(employer, NEW, RED)

    pdf = storage.read_stored(rendering.render(document.pk, at=at).file_key)

    (signature,) = signatures(pdf)
    assert signature.sig_object["/Name"] == OLD


def test_papers_issued_by_an_earlier_version_take_the_present_name(
    issue: Any, employer: Any, cast: Any, at: Any
) -> None:
    document, waiting = issued(issue(), cast, at), issue()
    become(employer, NEW, BLUE)

    migration.fill(apps, None)

    document.refresh_from_db()
    waiting.refresh_from_db()
    assert (document.issuer_name, document.seal_key) == (NEW, employer.seal.name)
    assert (waiting.issuer_name, waiting.seal_key) == ("", "")


def test_no_paper_is_issued_without_naming_its_issuer(issue: Any, cast: Any, at: Any) -> None:
    document = issued(issue(), cast, at)

    with pytest.raises(IntegrityError, match="issued_names_its_issuer"), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(issuer_name="")


def test_a_rename_makes_our_own_certificate_anew_in_the_name(cast: Any, at: Any) -> None:
    first = signing.identity_of(cast.employer, at=at)
    cast.employer.rename(NEW, reason="更名", by=cast.admin, at=at)
    record.deliver_all()

    second = signing.identity_of(cast.employer, at=at)

    assert NEW in second.subject
    assert signing.identity_of(cast.employer, at=at) == second
    assert not SigningIdentity.objects.get(pk=first.pk).in_force


def test_a_rename_leaves_the_certificate_that_the_company_loaded(cast: Any, at: Any) -> None:
    loaded = SigningIdentity.load(
        entity=cast.employer, by=cast.admin, at=at, **asdict(certificates.self_signed(name="签章", at=at))
    )

    cast.employer.rename(NEW, reason="更名", by=cast.admin, at=at)
    record.deliver_all()

    assert signing.identity_of(cast.employer, at=at) == loaded
