from uuid import UUID

from django.db import connection, models

TAKE = """
INSERT INTO documents_documentcounter (entity_id, kind, year, last) VALUES (%s, %s, %s, 1)
ON CONFLICT (entity_id, kind, year) DO UPDATE SET last = documents_documentcounter.last + 1
RETURNING last
"""


class DocumentCounter(models.Model):
    """The last number given out. The row stays locked until the paper is committed, so no number is lost."""

    entity = models.ForeignKey("units.LegalEntity", on_delete=models.PROTECT)
    kind = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "kind", "year"], name="one_counter_per_entity_kind_year")
        ]

    def __str__(self) -> str:
        return f"{self.entity_id} {self.kind} {self.year}: {self.last}"

    @classmethod
    def take(cls, *, entity_id: UUID, kind: str, year: int) -> int:
        with connection.cursor() as cursor:
            cursor.execute(TAKE, [entity_id, kind, year])
            return int(cursor.fetchone()[0])
