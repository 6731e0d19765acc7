from array import array

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def pack(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    values: dict[int, list[int]] = {}
    for document, value in apps.get_model("search", "DocumentFacet").objects.values_list("document", "value"):
        values.setdefault(document, []).append(value)
    packed = apps.get_model("search", "DocumentFacets")
    packed.objects.bulk_create(
        packed(document_id=document, values=array("I", sorted(numbers)).tobytes())
        for document, numbers in values.items()
    )


class Migration(migrations.Migration):
    dependencies = [("search", "0002_text_table")]
    operations = [
        migrations.CreateModel(
            name="DocumentFacets",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="packed_facets",
                        serialize=False,
                        to="search.searchdocument",
                    ),
                ),
                ("values", models.BinaryField()),
            ],
        ),
        migrations.RunPython(pack, migrations.RunPython.noop),
        migrations.DeleteModel(name="DocumentFacet"),
    ]
