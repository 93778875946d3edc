from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ehr import health
from ehr.health import probes
from ehr.health.models import Heartbeat
from ehr.lib.registry import Registry


def test_it_is_alive_without_a_database(client: Client) -> None:
    assert client.get("/healthz").json() == {"alive": True}


@pytest.mark.django_db
def test_it_is_ready_while_beat_is_heard(client: Client) -> None:
    Heartbeat.objects.create(name="beat")

    response = client.get("/readyz")

    assert (response.status_code, response.json()["reasons"]) == (200, [])


@pytest.mark.django_db
def test_it_is_not_ready_when_beat_is_silent(client: Client) -> None:
    Heartbeat.objects.create(name="beat", at=timezone.now() - timedelta(minutes=5))

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["reasons"][0].startswith("beat: 30")


@pytest.mark.django_db
def test_it_is_not_ready_when_a_queue_stands_still(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probes, "_queues", Registry())
    Heartbeat.objects.create(name="beat")
    health.watch("outbox", oldest=lambda: timezone.now() - timedelta(seconds=90), seconds=60)

    assert client.get("/readyz").json() == {"ready": False, "reasons": ["outbox: 90 s old"]}


@pytest.mark.django_db
def test_it_shows_figures_on_this_machine_only(client: Client) -> None:
    assert b"ehr_request_seconds" in client.get("/metrics").content
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.7").status_code == 403
    assert client.get("/metrics", HTTP_X_FORWARDED_FOR="192.0.2.7").status_code == 403


@pytest.mark.django_db
def test_it_shows_figures_to_who_holds_the_token(client: Client, settings: object) -> None:
    settings.EHR_METRICS_TOKEN = "a token"  # type: ignore[attr-defined]

    assert client.get("/metrics").status_code == 403
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.7", HTTP_AUTHORIZATION="Bearer a token").status_code == 200


def test_it_tells_the_browser_what_it_may_do(client: Client) -> None:
    headers = client.get("/healthz").headers

    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
