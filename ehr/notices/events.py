from dataclasses import dataclass
from typing import ClassVar

from ehr.lib.facts import Fact


@dataclass(frozen=True, kw_only=True)
class NoticeTold(Fact):
    kind: ClassVar[str] = "ehr.notice.told"
    notice_kind: str
    urgent: bool
    notice_ids: list[str]
