"""What is collected about reaching each other: contacts, service points and local practices, each with its history."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from contacts.models.places import Authority, District, Municipality
from kela_kunta.base.ids import UuidV7

LONGEST_NOTE = 2_000
LONGEST_PRACTICE = 10_000
REVIEW_MONTHS = 6
SOURCE_HELP = "What the Suomi.fi service catalogue calls it, where it came from there."


class Entry(models.Model):
    """Something in the directory that its owner keeps right.

    It holds for all of the owner's area, or for `municipality` alone. It is to be confirmed again
    `review_months` after `confirmed_on`. `version` grows by one with each change and names the
    revision that tells what stood then.
    """

    KIND: str
    # The columns that people write, in the order in which they are asked, told and exported.
    WRITTEN: tuple[str, ...]

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    owner = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_on = models.DateField()
    confirmed_by = models.CharField(max_length=200)
    review_months = models.PositiveSmallIntegerField(default=REVIEW_MONTHS)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_reviewed_within_two_years", condition=Q(review_months__gte=1, review_months__lte=24)
            )
        ]
        indexes = [models.Index("owner", "municipality", name="%(class)s_place")]

    def written(self) -> dict[str, Any]:
        """What its people wrote, as plain values."""
        return {name: getattr(self, name) for name in self.WRITTEN}

    def in_language(self, name: str) -> str:
        """`name` in the language active now; where that is not written, in the other one."""
        fi, sv = getattr(self, f"{name}_fi"), getattr(self, f"{name}_sv")
        return (sv or fi) if (get_language() or "").startswith("sv") else (fi or sv)


def one_of_a_source(name: str) -> models.UniqueConstraint:
    """An owner has what came from elsewhere once."""
    return models.UniqueConstraint(
        fields=["owner", "source_id"], name=f"{name}_one_of_a_source", condition=~Q(source_id="")
    )


class ContactKind(models.TextChoices):
    """What a contact is for."""

    OFFICIALS_LINE = "officials_line", _("Line for officials")
    ADULT_SOCIAL_WORK = "adult_social_work", _("Adult social work")
    SOCIAL_EMERGENCY = "social_emergency", _("Social emergency service")
    CHILD_WELFARE = "child_welfare", _("Child welfare")
    HOUSING = "housing", _("Housing")
    IMMIGRANT_SERVICES = "immigrant_services", _("Immigrant services")
    YOUTH_SERVICES = "youth_services", _("Youth services")
    CUSTOMER_SERVICE = "customer_service", _("Customer service")


class Audience(models.TextChoices):
    """Who may be told."""

    PUBLIC = "public", _("Public")
    OFFICIALS = "officials", _("Officials only")


class Channel(models.TextChoices):
    """By which way to reach a contact first."""

    PHONE = "phone", _("Phone")
    EMAIL = "email", _("E-mail")
    VIDEO = "video", _("Video meeting")
    SECURE_MAIL = "secure_mail", _("Secure mail")


class Contact(Entry):
    """Whom to reach, by what and when. `hours` follow OpenStreetMap's opening_hours ("" for not told)."""

    KIND = "contact"
    WRITTEN = (
        "kind", "municipality_id", "district_id", "audience", "title_fi", "title_sv", "person", "channel", "phone",
        "email", "link", "hours", "languages", "note_fi", "note_sv", "review_months",
    )  # fmt: skip

    kind = models.CharField(max_length=30, choices=ContactKind)
    district = models.ForeignKey(District, models.PROTECT, null=True, blank=True, related_name="+")
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.PUBLIC)
    title_fi = models.CharField(max_length=120, blank=True)
    title_sv = models.CharField(max_length=120, blank=True)
    person = models.CharField(max_length=120, blank=True)
    channel = models.CharField(max_length=20, choices=Channel, default=Channel.PHONE)
    phone = models.CharField(max_length=20, blank=True, help_text="E.164.")
    email = models.EmailField(blank=True)
    link = models.URLField(blank=True)
    hours = models.CharField(max_length=200, blank=True)
    languages = ArrayField(models.CharField(max_length=3), default=list, blank=True)
    note_fi = models.TextField(max_length=LONGEST_NOTE, blank=True)
    note_sv = models.TextField(max_length=LONGEST_NOTE, blank=True)
    source_id = models.CharField(max_length=80, blank=True, help_text=SOURCE_HELP)

    class Meta(Entry.Meta):
        constraints = [
            *Entry.Meta.constraints,
            one_of_a_source("contact"),
            models.CheckConstraint(name="contact_known_kind", condition=Q(kind__in=list(ContactKind))),
            models.CheckConstraint(
                name="contact_reachable", condition=~Q(phone="") | ~Q(email="") | ~Q(link=""),
            ),
            models.CheckConstraint(
                name="contact_district_of_kela",
                condition=Q(district__isnull=True) | Q(owner="kela", municipality__isnull=True),
            ),
        ]  # fmt: skip

    @property
    def title(self) -> str:
        return self.in_language("title") or str(ContactKind(self.kind).label)


class PointKind(models.TextChoices):
    """What a service point is."""

    OFFICE = "office", _("Office")
    SERVICE_POINT = "service_point", _("Shared service point")
    OUTREACH = "outreach", _("Visiting service")


class ServicePoint(Entry):
    """Where people can go (palvelupiste), in one municipality; `serves` are codes of others that it is meant for too."""

    KIND = "service_point"
    WRITTEN = (
        "kind", "municipality_id", "serves", "name_fi", "name_sv", "street_fi", "street_sv", "postal_code", "phone",
        "email", "hours", "languages", "hands_over_commitments", "note_fi", "note_sv", "review_months",
    )  # fmt: skip

    kind = models.CharField(max_length=20, choices=PointKind, default=PointKind.OFFICE)
    serves = ArrayField(models.CharField(max_length=3), default=list, blank=True)
    name_fi = models.CharField(max_length=120)
    name_sv = models.CharField(max_length=120, blank=True)
    street_fi = models.CharField(max_length=120)
    street_sv = models.CharField(max_length=120, blank=True)
    postal_code = models.CharField(max_length=5)
    phone = models.CharField(max_length=20, blank=True, help_text="E.164.")
    email = models.EmailField(blank=True)
    hours = models.CharField(max_length=200, blank=True)
    languages = ArrayField(models.CharField(max_length=3), default=list, blank=True)
    hands_over_commitments = models.BooleanField(
        default=False, help_text="Whether a payment commitment (maksusitoumus) can be handed to the client there."
    )
    note_fi = models.TextField(max_length=LONGEST_NOTE, blank=True)
    note_sv = models.TextField(max_length=LONGEST_NOTE, blank=True)
    source_id = models.CharField(max_length=80, blank=True, help_text=SOURCE_HELP)

    class Meta(Entry.Meta):
        constraints = [
            *Entry.Meta.constraints,
            one_of_a_source("point"),
            models.CheckConstraint(name="point_known_kind", condition=Q(kind__in=list(PointKind))),
            models.CheckConstraint(name="point_somewhere", condition=Q(municipality__isnull=False)),
        ]

    @property
    def name(self) -> str:
        return self.in_language("name")


class Topic(models.TextChoices):
    """What a local practice is about."""

    URGENT = "urgent", _("Urgent situations")
    UNDOCUMENTED = "undocumented", _("Undocumented persons")
    HOME_CARE = "home_care", _("Home and institutional care")
    SURPLUS = "surplus", _("Surplus situations")
    DEPOSITS = "deposits", _("Rent deposits")
    VISITING_COSTS = "visiting_costs", _("Child visiting costs")
    LOWERING = "lowering", _("Lowering of the basic amount")
    HOUSING_COSTS = "housing_costs", _("Reduction of housing costs")
    EXPENSES = "expenses", _("Expenses")
    YOUNG_PEOPLE = "young_people", _("Young people")
    IMMIGRANTS = "immigrants", _("Immigrants")
    WAYS_OF_CONTACT = "ways_of_contact", _("Ways of contact")


class LocalPractice(Entry):
    """An agreed way of working (paikallinen toimintatapa) of an authority and Kela, in force on the days of `valid`.

    It is proposed by one side and holds when both have agreed. `types` are the referral types that
    it fits (none for all); an `urgent_only` one concerns urgent matters alone.
    """

    KIND = "local_practice"
    WRITTEN = ("topic", "municipality_id", "types", "urgent_only", "text_fi", "text_sv", "valid", "review_months")

    topic = models.CharField(max_length=30, choices=Topic)
    types = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    urgent_only = models.BooleanField(default=False)
    text_fi = models.TextField(max_length=LONGEST_PRACTICE)
    text_sv = models.TextField(max_length=LONGEST_PRACTICE, blank=True)
    valid = DateRangeField()
    owner_agreed_on = models.DateField(null=True)
    owner_agreed_by = models.CharField(max_length=200, blank=True)
    kela_agreed_on = models.DateField(null=True)
    kela_agreed_by = models.CharField(max_length=200, blank=True)

    class Meta(Entry.Meta):
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(name="practice_known_topic", condition=Q(topic__in=list(Topic))),
            models.CheckConstraint(name="practice_some_day", condition=Q(valid__isempty=False)),
            models.CheckConstraint(name="practice_not_kelas_own", condition=~Q(owner="kela")),
            ExclusionConstraint(
                name="one_agreed_practice_a_day",
                expressions=[
                    ("owner", RangeOperators.EQUAL),
                    ("topic", RangeOperators.EQUAL),
                    (Coalesce(F("municipality"), Value("")), RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                condition=Q(owner_agreed_on__isnull=False, kela_agreed_on__isnull=False),
            ),
        ]

    @property
    def text(self) -> str:
        return self.in_language("text")

    @property
    def agreed(self) -> bool:
        return bool(self.owner_agreed_on and self.kela_agreed_on)


class Action(models.TextChoices):
    """What was done to an entry."""

    ADDED = "added", _("Added")
    CHANGED = "changed", _("Changed")
    CONFIRMED = "confirmed", _("Confirmed")
    AGREED = "agreed", _("Agreed")
    REMOVED = "removed", _("Removed")
    UNDONE = "undone", _("Undone")


class Revision(models.Model):
    """What an entry was after somebody did something to it; append-only. `content` is null after a removal.

    Those of one import share a `batch`.
    """

    pk = models.CompositePrimaryKey("entry_id", "version")
    entry_id = models.UUIDField()
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, help_text="Which kind of entry.")
    owner = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    action = models.CharField(max_length=20, choices=Action)
    at = models.DateTimeField()
    role = models.CharField(max_length=20)
    actor_id = models.CharField(max_length=100)
    actor_name = models.CharField(max_length=200)
    actor_authority = models.CharField(max_length=60)
    content = models.JSONField(null=True)
    batch = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(F("owner"), F("at").desc(), name="revision_newest"),
            models.Index("batch", name="revision_batch", condition=Q(batch__isnull=False)),
        ]
