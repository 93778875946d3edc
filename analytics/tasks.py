from celery import shared_task

from analytics.models import Scoring
from analytics.operations import score_everybody
from ehr import clock


@shared_task(name="analytics.tasks.score", ignore_result=True)
def score() -> None:
    if Scoring.current().enabled:
        score_everybody(on=clock.today(), at=clock.now())
