"""The root secret of blind indexes and macs. It outlives every key of the ring, so it is stored wrapped by one."""

from functools import lru_cache

from ehr.crypto.keyring import KeyRing, _derive, ring
from ehr.crypto.models import RootSecret
from ehr.crypto.wrapping import unwrap, wrap

PURPOSE = b"index root"


def index_root() -> bytes:
    return _root_of(ring())


@lru_cache(maxsize=8)
def _root_of(keys: KeyRing) -> bytes:
    """Before the first rotation it is derived from the oldest key and needs no row: every process computes the same."""
    row = RootSecret.objects.first()
    if row is None:
        return _derive(keys.key(keys.oldest), PURPOSE.decode())
    return unwrap(keys.key(row.kek_id), bytes(row.wrapped), PURPOSE)


def pin_root() -> None:
    """Write the root down under the newest key, so that the oldest one may leave the ring."""
    root, keys = index_root(), ring()
    wrapped = wrap(keys.key(keys.newest), root, PURPOSE)
    RootSecret.objects.update_or_create(id=1, defaults={"kek_id": keys.newest, "wrapped": wrapped})
