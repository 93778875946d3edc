"""Papers: numbered, rendered, sealed, signed and open to anybody's check. Apps register their kinds and issue them."""

from typing import TYPE_CHECKING

from ehr.documents.kinds import DocumentKind, kind_of, register_kind
from ehr.lib.lazy import exports

if TYPE_CHECKING:
    from ehr.documents.issuing import issue, reissue, release, revoke
    from ehr.documents.models import Document

__all__ = ["Document", "DocumentKind", "issue", "kind_of", "register_kind", "reissue", "release", "revoke"]

__getattr__ = exports(
    __name__,
    {
        "Document": "ehr.documents.models",
        "issue": "ehr.documents.issuing",
        "reissue": "ehr.documents.issuing",
        "release": "ehr.documents.issuing",
        "revoke": "ehr.documents.issuing",
    },
)
