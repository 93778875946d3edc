from django.db import models
from django.db.models.functions import Now


class Heartbeat(models.Model):
    """The last time that beat rang and a worker heard it, by the clock of the database."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.name} {self.at}"
