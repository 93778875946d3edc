from celery import shared_task
from celery.signals import worker_process_shutdown

from ehr import clock
from integrations.engine import loop
from integrations.engine import sweep as sweeping
from integrations.operations import probing, reconciling

worker_process_shutdown.connect(loop.close)


@shared_task(name="integrations.tasks.deliver")
def deliver() -> None:
    loop.run_due_in_threads(clock=clock.now)
    probing.answer_all(at=clock.now())


@shared_task(name="integrations.tasks.sweep")
def sweep() -> None:
    sweeping.expire_leases(at=clock.now())
    deliver()


@shared_task(name="integrations.tasks.check_health")
def check_health() -> None:
    probing.check_everything(at=clock.now())


@shared_task(name="integrations.tasks.reconcile")
def reconcile() -> None:
    for _finding in reconciling.reconcile(at=clock.now()):
        pass
