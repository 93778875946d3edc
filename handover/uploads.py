"""An uploaded file of a handover on its way in."""

from dataclasses import asdict
from datetime import datetime
from typing import IO, TYPE_CHECKING, Any

from ehr.documents import uploads

if TYPE_CHECKING:
    from ehr.identity.models import User


def keep(content: IO[bytes], *, name: str, size: int, already: int, by: "User", at: datetime) -> dict[str, Any]:
    """The columns of a stored file, or a refusal that leaves nothing behind."""
    kept = uploads.keep(content, name=name, size=size, already=already, folder="handover")
    return {**asdict(kept), "uploaded_by": by, "uploaded_at": at}
