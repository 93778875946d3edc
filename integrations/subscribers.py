from django.utils.translation import override

from ehr.notices.channels import channel_of
from ehr.notices.kinds import kind_of
from ehr.notices.models import ChannelChoice, Notice, channels_of
from ehr.record import Event, subscribe
from integrations.models import Effect
from integrations.operations import planning
from integrations.operations.letters import letter_of


@subscribe("offboarding.case.approved", "integrations.plan_effects")
def plan_effects(event: Event) -> None:
    planning.plan_effects(event=event, at=event.at)


@subscribe("offboarding.case.settlement_confirmed", "integrations.hand_over_settlement")
def hand_over_settlement(event: Event) -> None:
    planning.plan_effects(event=event, at=event.at)


@subscribe("offboarding.case.settlement_due", "integrations.hand_over_due_severance")
def hand_over_due_severance(event: Event) -> None:
    planning.plan_effects(event=event, at=event.at)


@subscribe("offboarding.case.closed", "integrations.tell_closed")
def tell_closed(event: Event) -> None:
    planning.plan_effects(event=event, at=event.at)


@subscribe("offboarding.case.told", "integrations.release_effects")
def release_effects(event: Event) -> None:
    planning.release(case_id=event.payload["case_id"], at=event.at)


@subscribe("offboarding.case.dates_changed", "integrations.reschedule_effects")
def reschedule_effects(event: Event) -> None:
    planning.reschedule(case_id=event.payload["case_id"], at=event.at)
    _tell_if_known(event)


@subscribe("offboarding.case.withdrawn", "integrations.stop_withdrawn")
def stop_withdrawn(event: Event) -> None:
    planning.stop(case_id=event.payload["case_id"], at=event.at)
    _tell_if_known(event)


@subscribe("offboarding.case.retained", "integrations.stop_retained")
def stop_retained(event: Event) -> None:
    planning.stop(case_id=event.payload["case_id"], at=event.at)


@subscribe("offboarding.case.cancelled", "integrations.stop_cancelled")
def stop_cancelled(event: Event) -> None:
    planning.stop(case_id=event.payload["case_id"], at=event.at)


@subscribe("ehr.notice.told", "integrations.mail_notices")
def mail_notices(event: Event) -> None:
    """A letter to everybody who wants to be told by e-mail; it says what the inbox says, and where to look."""
    if ChannelChoice.Channel.EMAIL not in kind_of(event.payload["notice_kind"]).channels:
        return
    for notice in Notice.objects.filter(pk__in=event.payload["notice_ids"]).select_related("user"):
        if notice.user.is_active and ChannelChoice.Channel.EMAIL in channels_of(notice.user):
            with override(notice.user.language):
                letter_of(notice, event=event, at=event.at)


@subscribe("ehr.notice.told", "integrations.message_notices")
def message_notices(event: Event) -> None:
    """By SMS or instant message, where this kind of notice goes out so and the person turned it on."""
    codes = {code for code in kind_of(event.payload["notice_kind"]).channels if channel_of(code)}
    for notice in Notice.objects.filter(pk__in=event.payload["notice_ids"]).select_related("user") if codes else ():
        with override(notice.user.language):
            for code in sorted(codes & channels_of(notice.user)) if notice.user.is_active else ():
                channel = channel_of(code)
                if channel:
                    channel.send(notice, event, event.at)


def _tell_if_known(event: Event) -> None:
    """News of a change go only to systems that have heard of the exit."""
    if Effect.objects.filter(case=event.payload["case_id"], state="done").exists():
        planning.plan_effects(event=event, at=event.at)
