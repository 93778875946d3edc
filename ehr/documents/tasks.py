"""Files are made in the background. A lost bell is no loss: the next sweep hears it, and so does the first reader."""

import logging

from celery import shared_task

from ehr import clock
from ehr.documents import rendering
from ehr.documents.models import Document

log = logging.getLogger(__name__)
PER_SWEEP = 50


@shared_task(name="ehr.documents.tasks.sweep")
def sweep() -> None:
    for document_id in list(Document.objects.unrendered().values_list("pk", flat=True)[:PER_SWEEP]):
        try:
            rendering.render_if_free(document_id, at=clock.now())
        except Exception:  # one broken paper must not keep the others; it goes to the end of the queue
            log.exception("paper %s could not be made", document_id)
