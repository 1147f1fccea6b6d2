from datetime import date

import django.contrib.postgres.fields
import django.db.models.deletion
import kela_kunta.base.ids
from django.db import migrations, models

from kela_kunta.base.sql import run_sql


# Whom alerts mean, as an installation begins; a change of law is a further row, in a migration of its own.
# "consecutive", "the month before at the latest" and the break of one month hold for all.
COLUMNS = (
    "type", "valid_from", "valid_to", "min_months", "full_months", "main_income", "unemployed", "without_plan",
    "residence_ground", "age_at_least", "age_below", "years_since_first_permit", "basis",
)
RULES = [
    ("under_25", date(2017, 5, 1), None, 4, False, True, True, True, False, 17, 25, None, "ktl_27"),
    ("over_25", date(2018, 1, 1), None, 12, False, True, True, True, False, 25, None, None, "ktl_27"),
    ("immigrant", date(2017, 10, 30), date(2024, 12, 31), 2, True, True, False, False, True, 17, None, None, "1386_2010_87a"),
    ("immigrant", date(2025, 1, 1), None, 2, True, True, False, False, True, 17, None, 3, "681_2023_84"),
]


def first_rows(apps, schema_editor):
    model = apps.get_model("referrals", "AlertRule")
    model.objects.bulk_create(model(**dict(zip(COLUMNS, row)), most_at_once=400, lot_size=300) for row in RULES)


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0006_search'),
        ('referrals', '0015_attachments'),
    ]

    operations = [
        migrations.CreateModel(
            name='AlertRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('type', models.CharField(max_length=40)),
                ('valid_from', models.DateField(null=True)),
                ('valid_to', models.DateField(null=True)),
                ('min_months', models.PositiveSmallIntegerField()),
                ('full_months', models.BooleanField()),
                ('main_income', models.BooleanField()),
                ('unemployed', models.BooleanField()),
                ('without_plan', models.BooleanField()),
                ('residence_ground', models.BooleanField()),
                ('age_at_least', models.PositiveSmallIntegerField(null=True)),
                ('age_below', models.PositiveSmallIntegerField(null=True)),
                ('years_since_first_permit', models.PositiveSmallIntegerField(null=True)),
                ('most_at_once', models.PositiveIntegerField(help_text='For one municipality; more leave in lots.')),
                ('lot_size', models.PositiveIntegerField(help_text='Sent each Monday.')),
                ('basis', models.CharField(max_length=60)),
            ],
        ),
        migrations.CreateModel(
            name='Recipient',
            fields=[
                ('id', models.UUIDField(db_default=kela_kunta.base.ids.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('sealed_identity_code', models.BinaryField()),
                ('person_index', models.BinaryField(help_text='The keyed blind index of the identity code.', unique=True)),
                ('birth_date', models.DateField()),
                ('family_name', models.CharField(max_length=100)),
                ('given_names', models.CharField(max_length=100)),
                ('phone', models.CharField(blank=True, max_length=20)),
                ('contact_language', models.CharField(blank=True, max_length=3)),
                ('non_disclosure', models.BooleanField(default=False)),
                ('died_on', models.DateField(null=True)),
                ('told_of', models.DateField(help_text='The latest month told of, its first day.')),
                ('home_municipality', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.municipality')),
            ],
        ),
        migrations.CreateModel(
            name='AlertRun',
            fields=[
                ('id', models.UUIDField(db_default=kela_kunta.base.ids.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('as_of', models.DateField()),
                ('whole', models.BooleanField(help_text='It looked at everybody, since a rule had changed.')),
                ('by_id', models.CharField(max_length=100)),
                ('by_name', models.CharField(max_length=200)),
                ('started_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(choices=[('running', 'Running'), ('done', 'Done'), ('failed', 'Failed')], default='running', max_length=10)),
                ('looked', models.PositiveIntegerField(default=0)),
                ('found', models.PositiveIntegerField(default=0)),
                ('lacking', models.PositiveIntegerField(default=0)),
                ('withdrawn', models.PositiveIntegerField(default=0)),
                ('told', models.PositiveIntegerField(default=0, help_text='Authorities at work were told that the ground is gone.')),
                ('recalled_at', models.DateTimeField(null=True)),
                ('recalled_by_id', models.CharField(blank=True, max_length=100)),
                ('recalled_by_name', models.CharField(blank=True, max_length=200)),
                ('recall_text', models.TextField(blank=True)),
                ('recall_done_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['-started_at'], name='run_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', True), ('outcome', 'running')), models.Q(models.Q(('outcome', 'running'), _negated=True), ('finished_at__isnull', False)), _connector='OR'), name='run_ends_with_an_outcome'), models.CheckConstraint(condition=models.Q(('recalled_at__isnull', True), models.Q(('recall_text', ''), _negated=True), _connector='OR'), name='recall_has_its_reason')],
            },
        ),
        migrations.CreateModel(
            name='AssistanceMonth',
            fields=[
                ('pk', models.CompositePrimaryKey('recipient_id', 'month', blank=True, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField()),
                ('amount', models.DecimalField(decimal_places=2, help_text='Euros.', max_digits=9)),
                ('main_income', models.BooleanField(null=True)),
                ('unemployed', models.BooleanField(null=True)),
                ('integration_plan', models.BooleanField(null=True)),
                ('residence_ground', models.CharField(blank=True, max_length=40)),
                ('first_permit_on', models.DateField(null=True)),
                ('updated_at', models.DateTimeField()),
                ('recipient', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='months', to='referrals.recipient')),
            ],
        ),
        migrations.CreateModel(
            name='Alert',
            fields=[
                ('id', models.UUIDField(db_default=kela_kunta.base.ids.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('type', models.CharField(max_length=40)),
                ('first_month', models.DateField()),
                ('last_month', models.DateField()),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('sent', 'Sent'), ('dropped', 'Dropped'), ('lacking', 'Lacking'), ('coming', 'Coming')], max_length=10)),
                ('release_on', models.DateField(null=True)),
                ('lacks', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None)),
                ('dropped_because', models.CharField(blank=True, max_length=40)),
                ('municipality', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.municipality')),
                ('referral', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='alert', to='referrals.referral')),
                ('run', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='alerts', to='referrals.alertrun')),
                ('recipient', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='alerts', to='referrals.recipient')),
            ],
        ),
        migrations.CreateModel(
            name='Watch',
            fields=[
                ('recipient', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='watch', serialize=False, to='referrals.recipient')),
                ('from_day', models.DateField()),
            ],
            options={
                'indexes': [models.Index(models.F('from_day'), name='watch_when')],
            },
        ),
        migrations.AddIndex(
            model_name='recipient',
            index=models.Index(models.F('home_municipality'), models.F('id'), name='recipient_home'),
        ),
        migrations.AddIndex(
            model_name='alert',
            index=models.Index(models.F('recipient'), models.F('type'), name='alert_of_person'),
        ),
        migrations.AddIndex(
            model_name='alert',
            index=models.Index(models.F('run'), models.F('state'), name='alert_of_run'),
        ),
        migrations.AddIndex(
            model_name='alert',
            index=models.Index(models.F('release_on'), models.F('first_month'), models.F('id'), condition=models.Q(('state', 'waiting')), name='alert_to_release'),
        ),
        migrations.AddConstraint(
            model_name='alert',
            constraint=models.UniqueConstraint(models.F('recipient'), models.F('type'), models.F('state'), condition=models.Q(('state__in', ['waiting', 'lacking', 'coming'])), name='one_alert_on_its_way'),
        ),
        migrations.AddConstraint(
            model_name='alert',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('referral__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('referral__isnull', True)), _connector='OR'), name='sent_is_a_referral'),
        ),
        migrations.AddConstraint(
            model_name='alert',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'waiting'), _negated=True), ('release_on__isnull', False), _connector='OR'), name='waiting_has_its_day'),
        ),
        run_sql(__file__, "0016_alerts.sql"),
        migrations.RunPython(first_rows, migrations.RunPython.noop),
    ]
