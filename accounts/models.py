"""People and API clients, each of one authority, and the log of who looked at whose data."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from oauth2_provider.models import AbstractApplication

from contacts.models import Authority
from kela_kunta.base.actor import Actor
from kela_kunta.base.ids import UuidV7


class Role(models.TextChoices):
    """What a person does here; one role each."""

    HANDLER = "handler", _("Benefit handler")
    SUPERVISOR = "supervisor", _("Supervisor")
    EDITOR = "editor", _("Editor")
    ANALYST = "analyst", _("Analyst")
    AUDITOR = "auditor", _("Data protection")
    ADMIN = "admin", _("Administrator")
    WORKER = "worker", _("Social worker")
    LEAD = "lead", _("Team lead")
    DIRECTORY = "directory", _("Directory keeper")


class ClientRole(models.TextChoices):
    """What an API client is."""

    KELA_SYSTEM = "kela_system", _("Kela's system")
    AUTHORITY_SYSTEM = "authority_system", _("Client information system")
    STATISTICS_SYSTEM = "statistics_system", _("Statistics")


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **facts: object) -> User:
        user = self.model(username=username, **facts)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who logs in.

    `cleared` people may handle matters of those under non-disclosure for personal safety
    (turvakielto; Act 661/2009, section 36).
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    username = models.CharField(_("user name"), max_length=150, unique=True)
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="fi")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="people")
    cleared = models.BooleanField(_("may see people under non-disclosure"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="role_fits_authority",
                condition=Q(
                    authority="kela", role__in=["handler", "supervisor", "editor", "analyst", "auditor", "admin"]
                )
                | (~Q(authority="kela") & Q(role__in=["worker", "lead", "directory"])),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def actor(self) -> Actor:
        return Actor(str(self.role), str(self.pk), self.name, self.authority_id, self.cleared)


class ApiClient(AbstractApplication):
    """A system that logs in by OAuth 2.0 client credentials; it does only what its authority may.

    A `test` client has to do with test data alone, and stays one for good. One that is bound
    to a subsystem of X-Road or to certificates calls that way alone (accounts/ways.py).
    """

    role = models.CharField(_("role"), max_length=20, choices=ClientRole)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="api_clients")
    scopes = models.TextField(_("scopes"), help_text=_("Separated by spaces."))
    cleared = models.BooleanField(_("may see people under non-disclosure"), default=False)
    test = models.BooleanField(_("for testing"), default=False)
    xroad_client = models.CharField(_("subsystem of X-Road"), max_length=300, blank=True, default="")
    certificates = ArrayField(
        models.CharField(max_length=64),
        verbose_name=_("certificates"),
        default=list,
        blank=True,
        help_text=_("Their SHA-256 fingerprints, in small hexadecimal digits."),
    )

    class Meta(AbstractApplication.Meta):
        constraints = [
            models.CheckConstraint(
                name="client_role_fits_authority",
                condition=Q(authority="kela", role="kela_system")
                | (~Q(authority="kela") & Q(role="authority_system"))
                | Q(role="statistics_system"),
            )
        ]

    @property
    def actor(self) -> Actor:
        return Actor(
            str(self.role), f"client:{self.client_id}", self.name, self.authority_id, self.cleared, test=self.test
        )


class Look(models.TextChoices):
    """How client data was looked at."""

    VIEW = "view", _("Viewed")
    LIST = "list", _("Listed")
    SEARCH = "search", _("Searched")
    PRINT = "print", _("Printed")
    API = "api", _("Read by API")


class AccessLog(models.Model):
    """Who saw whose data, why and when; append-only, read by the auditor (Act 703/2023, annex: kept 12 years)."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    at = models.DateTimeField(db_default=Now())
    role = models.CharField(max_length=20)
    actor_id = models.CharField(max_length=100)
    actor_name = models.CharField(max_length=200)
    authority = models.CharField(max_length=60)
    look = models.CharField(max_length=10, choices=Look)
    referrals = ArrayField(models.UUIDField(), help_text="What was shown.")
    person_index = models.BinaryField(null=True, help_text="Blind index of the identity code searched by.")
    about = models.JSONField(default=dict, help_text="Which view and filters; never a name or an identity code.")

    class Meta:
        indexes = [
            models.Index(F("at").desc(), F("id").desc(), name="access_log_newest"),
            models.Index(F("actor_id"), F("at").desc(), name="access_log_actor"),
            GinIndex("referrals", name="access_log_referrals"),
            models.Index("person_index", name="access_log_person", condition=Q(person_index__isnull=False)),
        ]
