"""How often something was tried lately, counted for all processes together."""

import hashlib

from django.db import connection

COUNT = """
    INSERT INTO once_tally AS seen (key, count, ends_at) VALUES (%(key)s, 1, clock_timestamp() + %(seconds)s * interval '1 s')
    ON CONFLICT (key) DO UPDATE SET
        count = CASE WHEN seen.ends_at <= clock_timestamp() THEN 1 ELSE seen.count + 1 END,
        ends_at = CASE WHEN seen.ends_at <= clock_timestamp() THEN EXCLUDED.ends_at ELSE seen.ends_at END
    RETURNING count
"""


def count_try(what: str, who: str, *, seconds: int) -> int:
    """The how-manieth within so many seconds of the first. Who it was is kept as a digest only."""
    key = f"{what}:{hashlib.sha256(who.encode()).hexdigest()}"
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"key": key, "seconds": seconds})
        return int(cursor.fetchone()[0])
