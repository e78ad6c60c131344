"""Every token of the API ends; those that are stored already, in 90 days."""

from datetime import timedelta
from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone


def give_terms(apps: Any, _editor: Any) -> None:
    term = apps.get_model("practices", "TokenTerm")
    tokens = apps.get_model("wagtailcore", "APIToken")
    expires_at = timezone.now() + timedelta(days=90)
    term.objects.bulk_create(
        term(token_id=pk, expires_at=expires_at) for pk in tokens.objects.values_list("pk", flat=True)
    )


class Migration(migrations.Migration):
    dependencies = [
        ("practices", "0009_collection_change"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="TokenTerm",
            fields=[
                (
                    "token",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="term",
                        serialize=False,
                        to="wagtailcore.apitoken",
                    ),
                ),
                ("expires_at", models.DateTimeField(verbose_name="expires")),
            ],
            options={
                "verbose_name": "term of an API token",
                "verbose_name_plural": "terms of API tokens",
            },
        ),
        migrations.RunPython(give_terms, migrations.RunPython.noop),
    ]
