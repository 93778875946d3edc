from ehr.documents.views.papers import detail, documents, file, mine, preview
from ehr.documents.views.sealing import release, releases, revocation
from ehr.documents.views.settings import certificates, standing_release_end, standing_releases
from ehr.documents.views.texts import (
    text,
    text_discard,
    text_draft,
    text_preview,
    text_publication,
    text_review,
    text_sample,
    text_taking_back,
    texts,
)
from ehr.documents.views.verifying import verify, verify_form

__all__ = [
    "certificates",
    "detail",
    "documents",
    "file",
    "mine",
    "preview",
    "release",
    "releases",
    "revocation",
    "standing_release_end",
    "standing_releases",
    "text",
    "text_discard",
    "text_draft",
    "text_preview",
    "text_publication",
    "text_review",
    "text_sample",
    "text_taking_back",
    "texts",
    "verify",
    "verify_form",
]
