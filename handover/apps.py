from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HandoverConfig(AppConfig):
    name = "handover"
    verbose_name = _("Handover")

    def ready(self) -> None:
        from ehr import access, deadlines, documents, error_pages, navigation, notices
        from handover import (  # noqa: F401  work and subscribers register themselves
            moving,
            papers,
            performance_work,
            permissions,
            queries,
            report,
            subscribers,
            words,
        )
        from performance.permissions import PerformancePermission

        access.register(permissions.GRANTS)
        error_pages.name_actions(words.ACTIONS)
        documents.register_kind(papers.LETTER)
        documents.register_kind(report.REPORT)
        moving.register()
        notices.register_kind(
            "handover.transfer_ran",
            title=_("{name}: what was in flight has moved; {left} left to look at"),
            icon="arrows-right",
        )
        group = _("Handover")
        deadlines.register_kind(
            "handover.fill",
            title=_("Fill in your handover list"),
            why=_("Item by item; who confirms it stands on each."),
            icon="clipboard-list",
            group=group,
        )
        deadlines.register_kind(
            "handover.completeness",
            title=_("{name}: is the handover list complete?"),
            why=_("You say within two working days whether anything is missing from it."),
            icon="clipboard-check",
            group=group,
            is_counted=True,
        )
        deadlines.register_kind(
            "handover.confirm",
            title=_("{name}: confirm what was handed over"),
            why=_("Confirm, or return it with a reason."),
            icon="clipboard-check",
            group=group,
            is_counted=True,
        )
        deadlines.register_kind(
            "handover.sign_off",
            title=_("{name}: sign the handover letter"),
            why=_("Everything is confirmed; your signature ends the handover."),
            icon="signature",
            group=group,
            is_counted=True,
        )
        deadlines.register_kind(
            "handover.witness",
            title=_("{name}: see what changes hands"),
            why=_("A witness who is neither of the two sides looks on. Nobody named yet: name one."),
            icon="eye-check",
            group=group,
        )
        deadlines.register_kind(
            "handover.take_over",
            title=_("Look through what you take over from {name}"),
            why=_("Open work, its numbers, its people; ask while they are still here."),
            icon="user-share",
            group=group,
        )
        deadlines.register_kind(
            "handover.shadow",
            title=_("Go through it together: {topic}"),
            why=_("Handover of {name}; say so when it is done."),
            icon="users",
            group=group,
        )
        deadlines.register_kind(
            "handover.answer",
            title=_("{name} asks about your work"),
            why=_("A sentence is often enough. After your last day an answer is a favour."),
            icon="message-question",
            group=group,
        )
        notices.register_kind(
            "handover.answered", title=_("Your question about the work of {name} is answered"), icon="message-check"
        )
        deadlines.register_kind(
            "handover.template_review",
            title=_("Check and publish the handover template “{title}”"),
            why=_("Two people see to it: one edits, another publishes."),
            icon="template",
            group=_("Settings"),
        )
        navigation.register(
            navigation.Entry(
                key="handover-templates",
                label=_("Handover templates"),
                icon="template",
                url="handover:templates",
                section="settings",
                permission=permissions.Permission.VIEW_TEMPLATES,
                order=20,
            )
        )
        navigation.register(
            navigation.Entry(
                key="handover",
                label=_("Handover list"),
                short=_("Handover"),
                icon="clipboard-list",
                url="handover:list",
                section="work",
                permission=permissions.Permission.VIEW_HANDOVERS,
                order=30,
                counter=queries.to_fill_counter,
                phone=True,
            )
        )
        navigation.register(
            navigation.Entry(
                key="takeovers",
                label=_("Taking over"),
                icon="user-share",
                url="handover:takeovers",
                section="work",
                permission=permissions.Permission.VIEW_TAKEOVER,
                order=29,
                counter=queries.takeover_counter,
            )
        )
        notices.register_kind(
            "handover.reminded",
            title=_("Handovers wait for you"),
            body=_("HR asks you to look at what is open in your inbox."),
            icon="bell-ringing",
            tone="warning",
        )
        navigation.register(
            navigation.Entry(
                key="handover-region",
                label=_("Handovers of a region"),
                icon="map-pin",
                url="handover:region",
                section="work",
                permission=permissions.Permission.REMIND_PEOPLE,
                order=33,
            )
        )
        navigation.register(
            navigation.Entry(
                key="handover-tempo",
                label=_("How long handovers take"),
                icon="chart-histogram",
                url="handover:tempo",
                section="insight",
                permission=permissions.Permission.VIEW_TEMPO,
                order=41,
            )
        )
        navigation.register(
            navigation.Entry(
                key="handover-figures",
                label=_("Handover record"),
                icon="chart-bar",
                url="handover:figures",
                section="insight",
                permission=permissions.Permission.VIEW_FIGURES,
                order=40,
            )
        )
        navigation.register(
            navigation.Entry(
                key="handover-deductions",
                label=_("Deductions of heads"),
                icon="scale",
                url="handover:deductions",
                section="insight",
                permission=PerformancePermission.ADJUST_RESULT,
                order=41,
            )
        )
        navigation.register(
            navigation.Entry(
                key="handover-deduction-rule",
                label=_("Deductions of heads"),
                icon="scale",
                url="handover:deduction_rule",
                section="settings",
                permission=permissions.Permission.SET_DEDUCTION,
                order=61,
            )
        )
        navigation.register(
            navigation.Entry(
                key="handover-talks",
                label=_("Messages"),
                icon="messages",
                url="handover:talks",
                section="work",
                permission=permissions.Permission.TALK,
                order=32,
                counter=queries.unread_counter,
            )
        )
        navigation.register(
            navigation.Entry(
                key="meetings",
                label=_("Meetings"),
                icon="video",
                url="handover:meeting_place",
                section="settings",
                permission=permissions.Permission.SET_MEETINGS,
                order=70,
            )
        )
        navigation.register(
            navigation.Entry(
                key="handover-confirm",
                label=_("Confirm handovers"),
                short=_("Confirm"),
                icon="clipboard-check",
                url="handover:confirmations",
                section="work",
                permission=permissions.Permission.VIEW_HANDOVERS,
                order=31,
                counter=queries.waiting_counter,
                phone=True,
            )
        )
