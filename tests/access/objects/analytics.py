"""An open alert about somebody."""

from typing import Any

from analytics.models import Alert
from tests.access.world import World


def alert(world: World, side: str) -> dict[str, Any]:
    employment = world.cast.employment[world.about(side)]
    raised, _new = Alert.objects.get_or_create(
        employment=employment, closed_at=None, defaults={"raised_date": world.at.date(), "index": 82}
    )
    return {"pk": raised.pk}
