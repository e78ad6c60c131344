"""Headers for harvesters, and those of the practices that were published before there were any."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Max
from django.utils import timezone

AT_ONCE = 500


def give_headers(apps, schema_editor):
    """Begin the headers: public practices by their last publication, withdrawn ones by today.

    `update_index` reckons the digests afterwards. A live practice that is not in the catalogue may
    never have been public, and gets none.
    """
    get = lambda name: apps.get_model("practices", name)
    now = timezone.now().replace(microsecond=0)
    changed = dict(
        get("CatalogueText").objects.order_by().values_list("entry").annotate(
            Max("page__last_published_at")
        )
    )
    specs = {}
    facts = get("CatalogueFact").objects.filter(value__facet__in=("country", "theme"))
    for entry, facet, value in facts.values_list("entry", "value__facet", "value__value"):
        specs.setdefault(entry, []).append(f"{facet}:{value}")
    records = get("PracticeRecord").objects.values_list(
        "pk", "code", "practice", "practice__live", "practice__country"
    )
    logged = dict(
        get("ModerationEvent").objects.exclude(code="").order_by("at").values_list("code", "country")
    )
    headers, sets = [], []
    header, in_set = get("HarvestHeader"), get("HarvestSet")
    for pk, code, practice, live, country in records:
        is_public = practice in specs
        if live and not is_public:
            continue
        moment = changed.get(practice) if is_public else None
        datestamp = moment.replace(microsecond=0) if moment else now
        headers.append(header(record_id=pk, datestamp=datestamp, is_deleted=not is_public))
        country = country or logged.get(code)
        mine = specs.get(practice) or ([f"country:{country}"] if country else [])
        sets += [in_set(header_id=pk, spec=spec) for spec in mine]
    header.objects.bulk_create(headers, batch_size=AT_ONCE)
    in_set.objects.bulk_create(sets, batch_size=AT_ONCE)


class Migration(migrations.Migration):
    dependencies = [("practices", "0011_webhooks")]

    operations = [
        migrations.CreateModel(
            name="HarvestHeader",
            fields=[
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="practices.practicerecord",
                    ),
                ),
                ("datestamp", models.DateTimeField()),
                ("is_deleted", models.BooleanField(default=False)),
                ("digest", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["datestamp", "record"], name="harvest_in_order")
                ],
            },
        ),
        migrations.CreateModel(
            name="HarvestSet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("spec", models.CharField(max_length=80)),
                (
                    "header",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sets",
                        to="practices.harvestheader",
                    ),
                ),
            ],
            options={
                "ordering": ["spec"],
                "indexes": [models.Index(fields=["spec", "header"], name="harvest_by_set")],
                "constraints": [
                    models.UniqueConstraint(fields=("header", "spec"), name="harvest_set_once")
                ],
            },
        ),
        migrations.RunPython(give_headers, migrations.RunPython.noop),
    ]
