"""The client as the referral tells of them: facts of the day of sending, never changed afterwards."""

from __future__ import annotations

from functools import cached_property

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from contacts.models import Municipality
from kela_kunta.base import sealed
from referrals.models.referral import Referral


class Client(models.Model):
    """Whose matter it is.

    The identity code (henkilötunnus) is kept encrypted; `person_index`, its keyed blind
    index, finds the same person's other referrals. No address is kept of anyone.
    """

    referral = models.OneToOneField(Referral, models.PROTECT, primary_key=True, related_name="client")
    sealed_identity_code = models.BinaryField(null=True)
    person_index = models.BinaryField(null=True)
    no_identity_code_reason = models.CharField(max_length=200, blank=True)
    birth_date = models.DateField()
    family_name = models.CharField(max_length=100)
    given_names = models.CharField(max_length=100)
    search_name = models.CharField(max_length=201, help_text="Both names in lower case without accents.")
    home_municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, related_name="+", db_index=False)
    home_municipality_missing_reason = models.CharField(max_length=20, blank=True)
    place_of_stay = models.ForeignKey(Municipality, models.PROTECT, null=True, related_name="+", db_index=False)
    permanent_stay = models.ForeignKey(Municipality, models.PROTECT, null=True, related_name="+", db_index=False)
    phone = models.CharField(max_length=20, blank=True)
    phone_missing_reason = models.CharField(max_length=200, blank=True)
    contact_language = models.CharField(max_length=3)
    interpreter_language = models.CharField(max_length=3, blank=True)
    interpreter_not_needed = models.BooleanField(default=False)
    non_disclosure = models.BooleanField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="code_with_its_index",
                condition=Q(sealed_identity_code__isnull=True, person_index__isnull=True)
                | Q(sealed_identity_code__isnull=False, person_index__isnull=False),
            )
        ]
        indexes = [
            models.Index("person_index", name="client_person"),
            GinIndex(fields=["search_name"], name="client_name", opclasses=["gin_trgm_ops"]),
        ]

    @cached_property
    def identity_code(self) -> str:
        """The identity code in clear, "" for a person without one."""
        return sealed.unseal(bytes(self.sealed_identity_code)) if self.sealed_identity_code else ""

    @property
    def full_name(self) -> str:
        return f"{self.family_name}, {self.given_names}"
