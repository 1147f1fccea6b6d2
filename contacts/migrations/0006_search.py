import django.contrib.postgres.indexes
from django.contrib.postgres.operations import CreateExtension
from django.db import migrations, models

from kela_kunta.base.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("contacts", "0005_checks"), ("base", "0001_initial")]

    operations = [
        CreateExtension("fuzzystrmatch"),
        migrations.CreateModel(
            "SearchName",
            [
                ("pk", models.CompositePrimaryKey("kind", "key", "name", blank=True, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=20, help_text="What is named: municipality, place, region, authority or contact.")),
                ("key", models.CharField(max_length=60, help_text="The primary key of what is named, a place's is its postal code.")),
                ("name", models.CharField(max_length=120)),
                ("tail", models.BooleanField()),
            ],
            options={
                "indexes": [django.contrib.postgres.indexes.GinIndex(fields=["name"], name="search_name_likeness", opclasses=["gin_trgm_ops"])]
            },
        ),
        run_sql(__file__, "0006_search.sql"),
    ]
