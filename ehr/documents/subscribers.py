"""What papers follow of an employer that changes."""

from typing import Any

from ehr import record
from ehr.documents import certificates
from ehr.documents.models import SigningIdentity


@record.subscribe("units.entity.renamed", "documents.certificate_in_the_name")
def retire_our_certificate(event: Any) -> None:
    """The next paper is signed with one in the new name; a certificate of the company's own stays until it loads another."""
    ours = SigningIdentity.objects.filter(entity=event.payload["entity_id"], in_force=True, is_self_signed=True)
    ours.filter(subject=certificates.subject_of(event.payload["previous"])).update(in_force=False)
