from django.db import migrations

NAMES = ("Editors", "Moderators")


def remove_unused(apps, schema_editor):
    """Wagtail's own groups may write and publish on every page: beyond any role. A group that somebody is in
    stays, and `institutions.checks` names it."""
    group = apps.get_model("auth.Group")
    group.objects.filter(name__in=NAMES, user=None, role=None).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("institutions", "0005_ending"),
        # All that give these groups rights, or point at groups.
        ("wagtailcore", "0098_apitoken"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
    ]
    operations = [migrations.RunPython(remove_unused, migrations.RunPython.noop)]
