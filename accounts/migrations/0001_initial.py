import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
import kela_kunta.base.ids
import oauth2_provider.generators
import oauth2_provider.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contacts", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("id", models.UUIDField(db_default=kela_kunta.base.ids.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ("username", models.CharField(max_length=150, unique=True, verbose_name="user name")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                (
                    "language",
                    models.CharField(
                        choices=[("fi", "suomi"), ("sv", "svenska"), ("en", "English")], default="fi", max_length=2, verbose_name="language"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("handler", "Benefit handler"),
                            ("supervisor", "Supervisor"),
                            ("editor", "Editor"),
                            ("analyst", "Analyst"),
                            ("auditor", "Data protection"),
                            ("admin", "Administrator"),
                            ("worker", "Social worker"),
                            ("lead", "Team lead"),
                            ("directory", "Directory keeper"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("cleared", models.BooleanField(default=False, verbose_name="may see people under non-disclosure")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "authority",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="people", to="contacts.authority"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("authority", "kela"), ("role__in", ["handler", "supervisor", "editor", "analyst", "auditor", "admin"])
                            ),
                            models.Q(models.Q(("authority", "kela"), _negated=True), ("role__in", ["worker", "lead", "directory"])),
                            _connector="OR",
                        ),
                        name="role_fits_authority",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AccessLog",
            fields=[
                ("id", models.UUIDField(db_default=kela_kunta.base.ids.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("role", models.CharField(max_length=20)),
                ("actor_id", models.CharField(max_length=100)),
                ("actor_name", models.CharField(max_length=200)),
                ("authority", models.CharField(max_length=60)),
                (
                    "look",
                    models.CharField(
                        choices=[
                            ("view", "Viewed"),
                            ("list", "Listed"),
                            ("search", "Searched"),
                            ("print", "Printed"),
                            ("api", "Read by API"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "referrals",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), help_text="What was shown.", size=None),
                ),
                ("person_index", models.BinaryField(help_text="Blind index of the identity code searched by.", null=True)),
                ("about", models.JSONField(default=dict, help_text="Which view and filters; never a name or an identity code.")),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.OrderBy(models.F("at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="access_log_newest",
                    ),
                    models.Index(models.F("actor_id"), models.OrderBy(models.F("at"), descending=True), name="access_log_actor"),
                    django.contrib.postgres.indexes.GinIndex(models.F("referrals"), name="access_log_referrals"),
                    models.Index(models.F("person_index"), condition=models.Q(("person_index__isnull", False)), name="access_log_person"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApiClient",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "client_id",
                    models.CharField(
                        db_index=True,
                        default=oauth2_provider.generators.generate_client_id,
                        max_length=255,
                        unique=True,
                        verbose_name="client ID",
                    ),
                ),
                (
                    "redirect_uris",
                    models.TextField(blank=True, help_text="Allowed URIs list, space separated", verbose_name="redirect URIs"),
                ),
                (
                    "post_logout_redirect_uris",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="Allowed Post Logout URIs list, space separated",
                        verbose_name="post logout redirect URIs",
                    ),
                ),
                (
                    "client_type",
                    models.CharField(
                        choices=[("confidential", "Confidential"), ("public", "Public")], max_length=32, verbose_name="client type"
                    ),
                ),
                (
                    "authorization_grant_type",
                    models.CharField(
                        choices=[
                            ("authorization-code", "Authorization code"),
                            ("urn:ietf:params:oauth:grant-type:device_code", "Device Code"),
                            ("implicit", "Implicit"),
                            ("password", "Resource owner password-based"),
                            ("client-credentials", "Client credentials"),
                            ("openid-hybrid", "OpenID connect hybrid"),
                        ],
                        max_length=44,
                        verbose_name="authorization grant type",
                    ),
                ),
                (
                    "client_secret",
                    oauth2_provider.models.ClientSecretField(
                        blank=True,
                        db_index=True,
                        default=oauth2_provider.generators.generate_client_secret,
                        help_text="Client secret for authentication",
                        max_length=255,
                        verbose_name="client secret",
                    ),
                ),
                ("hash_client_secret", models.BooleanField(default=True, verbose_name="hash client secret")),
                ("name", models.CharField(blank=True, max_length=255, verbose_name="name")),
                ("skip_authorization", models.BooleanField(default=False, verbose_name="skip authorization")),
                ("created", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated", models.DateTimeField(auto_now=True, verbose_name="updated")),
                (
                    "algorithm",
                    models.CharField(
                        blank=True,
                        choices=[("", "No OIDC support"), ("RS256", "RSA with SHA-2 256"), ("HS256", "HMAC with SHA-2 256")],
                        default="",
                        max_length=5,
                        verbose_name="algorithm",
                    ),
                ),
                (
                    "allowed_origins",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="Allowed origins list to enable CORS, space separated",
                        verbose_name="allowed origins",
                    ),
                ),
                (
                    "registration_source",
                    models.CharField(
                        choices=[("manual", "Manual"), ("dcr", "Dynamic Client Registration"), ("cimd", "Client ID Metadata Document")],
                        default="manual",
                        help_text="How this application was registered (manual, DCR per RFC 7591, or CIMD)",
                        max_length=32,
                        verbose_name="registration source",
                    ),
                ),
                (
                    "cimd_expires_at",
                    models.DateTimeField(
                        blank=True,
                        default=None,
                        help_text="When the cached Client ID Metadata Document should be re-fetched",
                        null=True,
                        verbose_name="CIMD expires at",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("kela_system", "Kela's system"),
                            ("authority_system", "Client information system"),
                            ("statistics_system", "Statistics"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("scopes", models.TextField(help_text="Separated by spaces.", verbose_name="scopes")),
                ("cleared", models.BooleanField(default=False, verbose_name="may see people under non-disclosure")),
                ("test", models.BooleanField(default=False, verbose_name="for testing")),
                ("xroad_client", models.CharField(blank=True, default="", max_length=300, verbose_name="subsystem of X-Road")),
                (
                    "certificates",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64),
                        blank=True,
                        default=list,
                        help_text="Their SHA-256 fingerprints, in small hexadecimal digits.",
                        size=None,
                        verbose_name="certificates",
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="api_clients", to="contacts.authority"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(app_label)s_%(class)s",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("authority", "kela"), ("role", "kela_system")),
                            models.Q(models.Q(("authority", "kela"), _negated=True), ("role", "authority_system")),
                            ("role", "statistics_system"),
                            _connector="OR",
                        ),
                        name="client_role_fits_authority",
                    )
                ],
            },
        ),
    ]
