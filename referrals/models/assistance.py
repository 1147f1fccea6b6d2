"""What Kela has paid to whom for which month, as its payment system tells it; alerts are found from it."""

from __future__ import annotations

from functools import cached_property

from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from contacts.models import Municipality
from kela_kunta.base import sealed
from kela_kunta.base.ids import UuidV7
from referrals.models.recalls import Recallable


class Recipient(models.Model):
    """Who has had basic social assistance (perustoimeentulotuen saaja), as the newest month of `told_of` knew them."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    sealed_identity_code = models.BinaryField()
    person_index = models.BinaryField(unique=True, help_text="The keyed blind index of the identity code.")
    birth_date = models.DateField()
    family_name = models.CharField(max_length=100)
    given_names = models.CharField(max_length=100)
    home_municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, related_name="+", db_index=False)
    phone = models.CharField(max_length=20, blank=True)
    contact_language = models.CharField(max_length=3, blank=True)
    non_disclosure = models.BooleanField(default=False)
    died_on = models.DateField(null=True)
    told_of = models.DateField(help_text="The latest month told of, its first day.")

    class Meta:
        indexes = [models.Index("home_municipality", "id", name="recipient_home")]

    @cached_property
    def identity_code(self) -> str:
        """The identity code in clear."""
        return sealed.unseal(bytes(self.sealed_identity_code))

    @property
    def full_name(self) -> str:
        return f"{self.family_name}, {self.given_names}"


class ImportWay(models.TextChoices):
    """By REST, or as a table by the command."""

    API = "api"
    TABLE = "table"


class AssistanceImport(Recallable):
    """Months of assistance told at once: by whom, how many, and how many of them were new or different."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    way = models.CharField(max_length=10, choices=ImportWay)
    by_id = models.CharField(max_length=100)
    by_name = models.CharField(max_length=200)
    told_at = models.DateTimeField()
    told = models.PositiveIntegerField()
    changed = models.PositiveIntegerField(default=0)

    class Meta(Recallable.Meta):
        indexes = [models.Index(fields=["-told_at", "-id"], name="import_newest")]


class AssistanceMonth(models.Model):
    """What was paid for a person's month (its first day), net after all corrections; null where nobody has told.

    `brought_by` is the last import that changed it. Its integrity is `take_in`'s and the purge's doing: a foreign key
    would be checked row by row. Months of an import lie together, so blocks tell well enough where they are.
    """

    pk = models.CompositePrimaryKey("recipient_id", "month")
    recipient = models.ForeignKey(Recipient, models.CASCADE, related_name="months", db_index=False)
    month = models.DateField()
    amount = models.DecimalField(max_digits=9, decimal_places=2, help_text="Euros.")
    main_income = models.BooleanField(null=True)
    unemployed = models.BooleanField(null=True)
    integration_plan = models.BooleanField(null=True)
    residence_ground = models.CharField(max_length=40, blank=True)
    first_permit_on = models.DateField(null=True)
    updated_at = models.DateTimeField()
    brought_by = models.ForeignKey(
        AssistanceImport, models.PROTECT, null=True, related_name="months", db_index=False, db_constraint=False
    )

    class Meta:
        indexes = [BrinIndex(fields=["brought_by"], name="month_of_import", autosummarize=True)]


class Watch(models.Model):
    """The detection is to look at this person from a day on: at once when something changed, later when a limit falls due."""

    recipient = models.OneToOneField(Recipient, models.CASCADE, primary_key=True, related_name="watch")
    from_day = models.DateField()

    class Meta:
        indexes = [models.Index("from_day", name="watch_when")]
