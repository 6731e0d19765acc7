from django.conf import settings
from django.db import migrations


def create_locales(apps, schema_editor):
    """Both languages exist from the start; Wagtail itself only makes the default one."""
    locale = apps.get_model("wagtailcore", "Locale")
    for code, _name in settings.LANGUAGES:
        locale.objects.get_or_create(language_code=code)


class Migration(migrations.Migration):
    dependencies = [("cms", "0001_initial"), ("wagtailcore", "0054_initial_locale")]
    operations = [migrations.RunPython(create_locales, migrations.RunPython.noop)]
