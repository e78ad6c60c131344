import django.db.models.deletion
from django.db import migrations, models

# No foreign key: Django's `flush` empties the tables it knows of, which one would forbid.
# FTS5 splits at spaces alone: all that is not ASCII counts as a letter, and `osumi_search.analysis` has
# taken out of the words whatever else would part them.
SQLITE = """
CREATE VIRTUAL TABLE osumi_search_words USING fts5(
    a, b, c, d, beginnings, readable UNINDEXED, tokenize = 'ascii'
)
"""
POSTGRESQL = """
CREATE TABLE osumi_search_words (
    entry_id bigint PRIMARY KEY,
    vector tsvector NOT NULL,
    beginnings tsvector NOT NULL,
    readable text NOT NULL
);
CREATE INDEX osumi_search_words_vector ON osumi_search_words USING gin (vector);
CREATE INDEX osumi_search_words_beginnings ON osumi_search_words USING gin (beginnings);
"""


def create_words(apps, schema_editor):
    statements = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
    schema_editor.execute(statements[schema_editor.connection.vendor])


def drop_words(apps, schema_editor):
    schema_editor.execute("DROP TABLE osumi_search_words")


class Migration(migrations.Migration):
    initial = True
    dependencies = [("contenttypes", "0002_remove_content_type_name")]
    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("object_id", models.CharField(max_length=50)),
                ("content_type", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contenttypes.contenttype")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("content_type", "object_id"), name="osumi_search_entry_of_object")
                ]
            },
        ),
        migrations.CreateModel(
            name="Word",
            fields=[
                ("word", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("shown", models.CharField(max_length=40)),
                ("stem", models.CharField(db_index=True, max_length=40)),
                ("length", models.PositiveSmallIntegerField()),
                ("beginning", models.CharField(max_length=2)),
                ("ending", models.CharField(max_length=3)),
                ("count", models.PositiveIntegerField(default=1)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["beginning", "length"], name="osumi_search_word_beginning"),
                    models.Index(fields=["ending", "length"], name="osumi_search_word_ending"),
                ]
            },
        ),
        migrations.RunPython(create_words, drop_words),
    ]
