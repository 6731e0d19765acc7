from django.db import migrations

# What is directly below a page is asked for by depth and path: the explorer, the choosers, the menus. With
# Wagtail's index, on the path alone, everything below an index page is walked through.
NAME = "cms_page_children"


class Migration(migrations.Migration):
    dependencies = [("cms", "0003_outgoing_mail"), ("wagtailcore", "0098_apitoken")]

    operations = [
        migrations.RunSQL(
            f"CREATE INDEX {NAME} ON wagtailcore_page (depth, path)",
            f"DROP INDEX {NAME}",
        )
    ]
