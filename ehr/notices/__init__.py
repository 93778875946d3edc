"""Tell people something: an entry in their in-app inbox, and from there by the channels they chose."""

from typing import TYPE_CHECKING

from ehr.lib.lazy import exports
from ehr.notices.kinds import register_kind

if TYPE_CHECKING:
    from ehr.notices.models import Notice
    from ehr.notices.telling import tell

__all__ = ["Notice", "register_kind", "tell"]

__getattr__ = exports(__name__, {"Notice": "ehr.notices.models", "tell": "ehr.notices.telling"})
