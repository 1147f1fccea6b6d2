import django.contrib.postgres.fields
import django.db.models.deletion
import kela_kunta.base.ids
from django.db import migrations, models

from kela_kunta.base.sql import run_sql


class Migration(migrations.Migration):

    dependencies = [
        ('base', '0001_initial'),
        ('contacts', '0001_initial'),
        ('delivery', '0004_readers'),
    ]

    operations = [
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.UUIDField(db_default=kela_kunta.base.ids.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('client_id', models.CharField(help_text='Whose it is, as it acts: client:<client id>.', max_length=107)),
                ('url', models.CharField(max_length=500)),
                ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                ('sealed_secret', models.BinaryField()),
                ('sealed_former_secret', models.BinaryField(null=True)),
                ('former_until', models.DateTimeField(help_text='Until then the former secret signs too.', null=True)),
                ('number', models.BigIntegerField()),
                ('state', models.CharField(choices=[('active', 'It is called.'), ('paused', 'It did not answer for three days, or its client may not read any more.'), ('ended', 'It answered 410: it wants no more.')], default='active', max_length=10)),
                ('created_at', models.DateTimeField()),
                ('stopped_at', models.DateTimeField(null=True)),
                ('delivered_at', models.DateTimeField(help_text='When a call last got through.', null=True)),
                ('failing_since', models.DateTimeField(help_text='The first failure since then.', null=True)),
                ('failures', models.PositiveIntegerField(default=0, help_text='Rounds that were broken off since then.')),
                ('quiet_until', models.DateTimeField(null=True)),
                ('sending_until', models.DateTimeField(null=True)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.authority')),
            ],
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.UUIDField(db_default=kela_kunta.base.ids.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('number', models.BigIntegerField()),
                ('created_at', models.DateTimeField()),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('first_attempt_at', models.DateTimeField(null=True)),
                ('next_attempt_at', models.DateTimeField(null=True)),
                ('last_status', models.PositiveSmallIntegerField(help_text="The last answer's HTTP status.", null=True)),
                ('last_error', models.CharField(blank=True, max_length=40)),
                ('delivered_at', models.DateTimeField(null=True)),
                ('dead_at', models.DateTimeField(null=True)),
                ('subscription', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='delivery.subscription')),
            ],
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['active', 'paused', 'ended'])), name='subscription_state'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'active'), ('stopped_at', None)), models.Q(models.Q(('state', 'active'), _negated=True), ('stopped_at__isnull', False)), _connector='OR'), name='subscription_stopped'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(models.F('subscription'), models.F('number'), condition=models.Q(('next_attempt_at__isnull', False)), name='delivery_waiting'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(models.F('subscription'), models.F('number'), name='told_once'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('dead_at', None), ('delivered_at', None), ('next_attempt_at__isnull', False)), models.Q(('dead_at', None), ('delivered_at__isnull', False), ('next_attempt_at', None)), models.Q(('dead_at__isnull', False), ('delivered_at', None), ('next_attempt_at', None)), _connector='OR'), name='delivery_waits_or_has_ended'),
        ),
        run_sql(__file__, "0005_webhooks.sql"),
    ]
