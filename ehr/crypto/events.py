from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from ehr.lib.facts import Fact


@dataclass(frozen=True, kw_only=True)
class DataKeyDestroyed(Fact):
    kind: ClassVar[str] = "crypto.data_key.destroyed"

    data_key_id: UUID
