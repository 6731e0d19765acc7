from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from search import textindex


def create(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    textindex.create(schema_editor.connection)


def drop(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    textindex.drop(schema_editor.connection)


class Migration(migrations.Migration):
    """The full-text table: a virtual table on SQLite, `tsvector` on PostgreSQL."""

    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(create, drop, elidable=False)]
