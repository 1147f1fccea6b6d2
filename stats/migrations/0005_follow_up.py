from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stats", "0004_kept_work"), ("referrals", "0018_first_return")]

    operations = [
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("type", models.CharField(max_length=40)),
                ("receiver", models.CharField(blank=True, max_length=60)),
                ("still", models.PositiveIntegerField()),
                ("ended", models.PositiveIntegerField()),
                ("untold", models.PositiveIntegerField()),
            ],
            options={"constraints": [models.UniqueConstraint("year", "type", "receiver", name="one_follow_up_a_cell")]},
        ),
    ]
