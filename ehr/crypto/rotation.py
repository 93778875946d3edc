"""Hanging every data key on the newest key of the ring. The encrypted values themselves stay as they are."""

from collections import Counter

from django.db import transaction
from django.db.models import Count

from ehr.crypto.keyring import ring
from ehr.crypto.models import DataKey, RootSecret
from ehr.crypto.roots import pin_root

BATCH = 1000


def rotate() -> int:
    """May be stopped and run again at any time; each batch is whole in itself. Returns how many keys moved."""
    pin_root()
    moved = 0
    while batch := _rewrap_some():
        moved += batch
    return moved


@transaction.atomic
def _rewrap_some() -> int:
    waiting = DataKey.objects.filter(destroyed_at=None).exclude(kek_id=ring().newest)
    rows = list(waiting.select_for_update(skip_locked=True).order_by("pk")[:BATCH])
    for row in rows:
        row.rewrap()
    DataKey.objects.bulk_update(rows, ["wrapped", "kek_id"])
    return len(rows)


def in_use() -> dict[str, int]:
    """How much hangs on each key: a key may leave the ring when it is not named here."""
    keys = DataKey.objects.filter(destroyed_at=None).values_list("kek_id").annotate(n=Count("pk"))
    used = Counter(dict(keys))
    used.update(RootSecret.objects.values_list("kek_id", flat=True))
    return dict(used)
