"""The raw clock of the database: leases and waits never depend on a worker's own time."""

from datetime import datetime

from django.db import connection, models


class ClockTimestamp(models.Func):
    """Unlike now(), moves on within a transaction."""

    function = "clock_timestamp"
    output_field = models.DateTimeField()


def database_now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        row = cursor.fetchone()
    assert row is not None
    moment: datetime = row[0]
    return moment
