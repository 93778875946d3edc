from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "ehr"

    def ready(self) -> None:
        from ehr import celery  # noqa: F401 - shared tasks find their broker by it
