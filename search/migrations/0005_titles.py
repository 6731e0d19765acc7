import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from search.analysis import line


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    documents = apps.get_model("search", "SearchDocument").objects.filter(visible=True)
    titles = apps.get_model("search", "DocumentTitles")
    rows = documents.values_list("pk", "type", "texts__title").iterator(1000)
    titles.objects.bulk_create(
        (
            titles(document_id=pk, type=type, words="\n".join(line(title) for title in (texts or {}).values()))
            for pk, type, texts in rows
        ),
        batch_size=1000,
    )


class Migration(migrations.Migration):
    dependencies = [("search", "0004_outbox_state")]
    operations = [
        migrations.CreateModel(
            name="DocumentTitles",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="title_words",
                        serialize=False,
                        to="search.searchdocument",
                    ),
                ),
                ("type", models.CharField(max_length=40)),
                ("words", models.TextField()),
            ],
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
