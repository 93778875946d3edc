"""What people change of an employer: one at a time, by what they read, and each thing through its verb."""

from datetime import datetime
from typing import IO, TYPE_CHECKING, Any

from django.db import transaction

from ehr.as_read import differing, refuse_older, version_of
from ehr.lib.uscc import normalised
from ehr.units.employers import seals
from ehr.units.employers.entity import LegalEntity

if TYPE_CHECKING:
    from ehr.identity.models import User


def employer_on_file(entity: LegalEntity) -> dict[str, Any]:
    return {"name": entity.name, "uscc": entity.uscc, "has_union": entity.has_union, "seal": entity.seal.name}


def employer_version(entity: LegalEntity) -> str:
    return version_of(employer_on_file(entity))


@transaction.atomic
def change_employer(
    *, entity: LegalEntity, version: str, reason: str, by: "User", at: datetime, **said: Any
) -> list[str]:
    """Answers the names of what changed. `version` is that of the employer the editor read."""
    kept = _held(entity)
    if "uscc" in said:
        said["uscc"] = normalised(said["uscc"])
    changed = differing(employer_on_file(kept), said)
    if not changed:
        return []
    refuse_older(version, employer_version(kept))
    if "name" in changed:
        kept.rename(changed["name"], reason=reason, by=by, at=at)
    if "uscc" in changed:
        kept.correct_uscc(changed["uscc"], reason=reason, by=by, at=at)
    if "has_union" in changed:
        kept.say_union(has_union=changed["has_union"], reason=reason, by=by, at=at)
    return sorted(changed)


@transaction.atomic
def change_seal(
    *, entity: LegalEntity, content: IO[bytes], size: int, version: str, reason: str, by: "User", at: datetime
) -> bool:
    key, sha256 = seals.keep(seals.cleaned(content, size=size))
    return _seal(entity, key, sha256=sha256, version=version, reason=reason, by=by, at=at)


@transaction.atomic
def remove_seal(*, entity: LegalEntity, version: str, reason: str, by: "User", at: datetime) -> bool:
    return _seal(entity, "", sha256="", version=version, reason=reason, by=by, at=at)


def _seal(entity: LegalEntity, key: str, *, sha256: str, version: str, reason: str, by: "User", at: datetime) -> bool:
    kept = _held(entity)
    if key == kept.seal.name:
        return False
    refuse_older(version, employer_version(kept))
    kept.take_seal(key, sha256=sha256, reason=reason, by=by, at=at)
    return True


def _held(entity: LegalEntity) -> LegalEntity:
    """As it stands now, until the end of the transaction."""
    return LegalEntity.objects.select_for_update().get(pk=entity.pk)
