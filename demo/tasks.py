from celery import shared_task
from django.conf import settings

from demo import seeding


@shared_task(name="demo.tasks.seed_history", ignore_result=True)
def seed_history() -> None:
    """Rung at each start of the demo; does its work once."""
    if settings.EHR_DEMO and seeding.is_begun() and not seeding.is_finished():
        seeding.seed_history(employees=settings.EHR_DEMO_EMPLOYEES)
