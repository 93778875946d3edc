"""The lists that new handovers start from."""

from dataclasses import dataclass
from typing import ClassVar

from ehr.record import Fact


@dataclass(frozen=True, kw_only=True)
class TemplateFact(Fact):
    template_id: str
    job_family: str
    unit_id: str
    version: int


@dataclass(frozen=True, kw_only=True)
class TemplateEdited(TemplateFact):
    kind: ClassVar[str] = "handover.template.edited"
    change: str


@dataclass(frozen=True, kw_only=True)
class TemplatePublished(TemplateFact):
    kind: ClassVar[str] = "handover.template.published"
