from celery import shared_task

from ehr import clock
from ehr.record import catching_up, checkpoints, sealing
from ehr.record import relay as relaying


@shared_task(name="ehr.record.tasks.relay")
def relay() -> None:
    relaying.deliver_all()


@shared_task(name="ehr.record.tasks.seal")
def seal() -> None:
    if catching_up.catch_up():
        relaying.deliver_all()
    sealing.seal_all()
    at = clock.now()
    if checkpoints.can_sign() and checkpoints.is_due(at=at):
        checkpoints.sign_checkpoint(at=at)
