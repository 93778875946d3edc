from celery import shared_task

from ehr.record import relay as relaying


@shared_task(name="ehr.record.tasks.relay")
def relay() -> None:
    relaying.deliver_all()
