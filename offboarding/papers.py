"""The papers of an exit."""

from django.utils.translation import gettext_lazy as _

from ehr.documents import DocumentKind

CERTIFICATE = DocumentKind(
    code="certificate",
    template="offboarding/documents/certificate.html",
    number_prefix="LZZM",
    title=_("Certificate of leaving"),
    required=("name", "hire_date", "termination_date", "entity"),
    standing=("resignation",),
)
