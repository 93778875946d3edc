"""Ten public checks a minute for one address. The code itself can't be guessed; this keeps scanners away."""

from django.http import HttpRequest

from ehr.once.tally import count_try

PER_MINUTE = 10
SECONDS = 60


def is_too_often(request: HttpRequest) -> bool:
    return count_try("verify", request.META.get("REMOTE_ADDR", ""), seconds=SECONDS) > PER_MINUTE
