from ehr.documents.models.counter import DocumentCounter
from ehr.documents.models.document import Document, DocumentState
from ehr.documents.models.paper_text import PaperText
from ehr.documents.models.release import StandingRelease
from ehr.documents.models.signing import SigningIdentity
from ehr.documents.models.stored_file import StoredFile

__all__ = [
    "Document",
    "DocumentCounter",
    "DocumentState",
    "PaperText",
    "SigningIdentity",
    "StandingRelease",
    "StoredFile",
]
