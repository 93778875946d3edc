from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models import F, Max, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ehr import access, record
from ehr.documents import events
from ehr.documents.digests import sha256_of_text
from ehr.documents.kinds import DocumentKind, kind_of, title_of
from ehr.documents.markup import Problem, problems
from ehr.documents.permissions import Permission
from ehr.errors import Refused
from ehr.lib.ids import uuid7
from ehr.versions import Version

if TYPE_CHECKING:
    from ehr.identity.models import User
    from ehr.units.models import LegalEntity


class PaperTextQuerySet(models.QuerySet["PaperText"]):
    def visible_to(self, user: "User", permission: str = Permission.VIEW_TEXTS) -> "PaperTextQuerySet":
        return self.filter(access.scope(user, permission))

    def in_force(self) -> "PaperTextQuerySet":
        return self.filter(state=PaperText.State.IN_FORCE)

    def same_as(self, text: "PaperText") -> "PaperTextQuerySet":
        return self.filter(kind=text.kind, variant=text.variant, entity=text.entity_id)

    def for_paper(self, *, kind: str, variant: str, entity: "LegalEntity | None") -> "PaperText":
        """The company's own, else the group's."""
        rows = self.in_force().filter(Q(entity=entity) | Q(entity=None), kind=kind, variant=variant)
        text = rows.order_by(F("entity").asc(nulls_last=True)).first()
        if text is None:
            raise Refused(
                "B_NO_TEXT", gettext("No text is in force for this paper: %(paper)s.") % {"paper": title_of(kind)}
            )
        return text

    def first_of(self, kind: str) -> "PaperText":
        return self.filter(kind=kind, entity=None).order_by("version", "variant")[:1].get()


class PaperText(Version):
    """One version of what a kind of paper says, for the group or one company. Edited as a draft, published by a second
    person, never changed afterwards: an issued paper keeps the version it was made with."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        REVIEW = "review", _("Waiting for a second person")
        IN_FORCE = "in_force", _("In force")
        RETIRED = "retired", _("Retired")
        OFFERED = "offered", _("Newer text of the product")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(_("paper"), max_length=40)
    variant = models.CharField(_("variant"), max_length=20, blank=True)
    entity = models.ForeignKey(
        "units.LegalEntity",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("company"),
    )
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    body = models.TextField(_("text"))
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    created_at = models.DateTimeField()

    objects = PaperTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of a paper")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "variant", "entity", "version"], nulls_distinct=False, name="one_text_per_version"
            ),
            models.UniqueConstraint(
                fields=["kind", "variant", "entity"],
                nulls_distinct=False,
                condition=Q(state="in_force"),
                name="one_text_in_force",
            ),
            models.UniqueConstraint(
                fields=["kind", "variant", "entity"],
                nulls_distinct=False,
                condition=Q(state__in=["draft", "review"]),
                name="one_text_draft",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} v{self.version}"

    # --- Changing -----------------------------------------------------------------------------------------
    @transaction.atomic
    def write(self, body: str, *, by: "User", at: datetime) -> None:
        body = body.replace("\r\n", "\n").strip() + "\n"
        self.move(self.State.DRAFT, self.State.DRAFT, body=body, edited_by=by)
        self._note(events.TextEdited, by=by, at=at)

    @transaction.atomic
    def ask_review(self, *, note: str) -> None:
        self._refuse_problems()
        self.move(self.State.DRAFT, self.State.REVIEW, note=note)

    @transaction.atomic
    def publish(self, *, by: "User", at: datetime) -> None:
        self.refuse_editor(by)
        self._refuse_problems()
        earlier = Q(state=self.State.IN_FORCE) | Q(state=self.State.OFFERED, version__lt=self.version)
        PaperText.objects.same_as(self).filter(earlier).select_for_update().update(state=self.State.RETIRED)
        self.move(self.State.REVIEW, self.State.IN_FORCE, published_by=by, published_at=at)
        self._note(events.TextPublished, by=by, at=at)

    def take_back(self) -> None:
        self.move(self.State.REVIEW, self.State.DRAFT)

    def discard(self) -> None:
        """A draft is gone; a text that was offered stays among the versions."""
        if self.state == self.State.OFFERED:
            self.move(self.State.OFFERED, self.State.RETIRED)
            return
        self.move(self.State.DRAFT, self.State.DRAFT)
        self.delete()

    @transaction.atomic
    def follow(self, body: str, *, before: str, at: datetime) -> "PaperText | None":
        """`body` is what the product says since its last release, `before` what it said, and this text is in force. It gives way
        at once where nobody has written, or is writing, anything else; nothing where that is what it says already."""
        same = PaperText.objects.same_as(self)
        if self.body == body:
            return None
        is_untouched = self.body == before and not same.filter(state__in=OPEN).exists()
        state = self.State.IN_FORCE if is_untouched else self.State.OFFERED
        same.filter(state=state).update(state=self.State.RETIRED)
        newest = same.aggregate(Max("version"))["version__max"]
        text = PaperText.objects.create(
            kind=self.kind,
            variant=self.variant,
            entity=self.entity,
            version=newest + 1,
            body=body,
            state=state,
            created_at=at,
            published_at=at if is_untouched else None,
        )
        if is_untouched:
            text._note(events.TextPublished, by=None, at=at)
        return text

    def _refuse_problems(self) -> None:
        if found := self.problems:
            raise Refused(f"text_{found[0].code}", problem_words(found[0], self.spec), field="body")

    def _note(self, fact: type[events.TextEdited | events.TextPublished], *, by: "User | None", at: datetime) -> None:
        record.emit(fact(**self.facts(), body_sha256=self.body_sha256), subject=self, by=by, at=at)

    # --- Asking -------------------------------------------------------------------------------------------
    def facts(self) -> dict[str, Any]:
        return {
            "text_id": str(self.pk),
            "document_kind": self.kind,
            "variant": self.variant,
            "entity_id": str(self.entity_id or ""),
            "version": self.version,
        }

    def get_absolute_url(self) -> str:
        return reverse("documents:text", args=[self.pk])

    @property
    def body_sha256(self) -> str:
        return sha256_of_text(self.body)

    @property
    def spec(self) -> DocumentKind:
        return kind_of(self.kind)

    @property
    def title(self) -> str:
        variant = str(dict(self.spec.variants).get(self.variant, ""))
        return f"{title_of(self.kind)} · {variant}" if variant else title_of(self.kind)

    @property
    def problems(self) -> list[Problem]:
        must = (*self.spec.must, "seal") if self.spec.sealed and not names_parties(self.body) else self.spec.must
        return problems(self.body, self.spec.merge, must=must)


OPEN = (PaperText.State.DRAFT, PaperText.State.REVIEW)


def names_parties(body: str) -> bool:
    """The signatures of both sides carry the seal themselves."""
    return "{{ parties }}" in body


def problem_words(problem: Problem, spec: DocumentKind) -> str:
    field = spec.merge.get(problem.what)
    words = {
        "too_long": _("The text is too long."),
        "unknown_field": _("Line %(line)s: there is no field “%(what)s”."),
        "unknown_style": _("Line %(line)s: “%(what)s” can't be written this way."),
        "stray_brace": _("Line %(line)s: a brace that belongs to no field: %(what)s"),
        "unclosed_bold": _("Line %(line)s: ** is not closed."),
        "block_not_alone": _("Line %(line)s: “%(what)s” stands alone on its line."),
        "may_be_blank": _("Line %(line)s: “%(what)s” may have no value; begin the line with ?."),
        "must_name": _("The text has to name “%(what)s”."),
    }[problem.code]
    return str(words) % {"line": problem.line, "what": field.label if field else problem.what}
