"""What each profile lacks becomes a column, filled here for those that are there.

The rule stands here as it was when the column was made (`directory.derived.gaps`, `completeness`).
"""

import json
from collections import defaultdict

from django.db import migrations, models
from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.html import strip_tags

TEXTS = ("title", "problem", "result", "summary", "contact_post", "contact_email", "kind")
TEXTS += ("implementation_date", "staff_needed", "months_to_ready")
ROWS = ("costs", "prerequisites", "evidence", "institutionalisation", "replication_kit")
POINTERS = ("institution", "region", "lead_image")
MANY = ("sectors", "sdgs", "beneficiary_groups")
SECTIONS = ("background", "novelty", "how_it_works", "significance", "adaptability", "resources")
SECTIONS += ("sustainability", "challenges", "conditions", "lessons")
BITS = (
    *("title", "institution", "problem", "result", "summary", "region", "sectors", "sdgs"),
    *("beneficiary_groups", "contact_post", "contact_email"),
    *(f"narrative-{name}" for name in SECTIONS),
    *("kind", "implementation_date", "operational_status", "costs", "staff_needed", "months_to_ready"),
    *("prerequisites", "evidence", "institutionalisation", "replication_kit", "lead_image"),
)
STREAMS = (*ROWS, "narrative")
CHUNK = 500


def says(value):
    text = "" if value is None else strip_tags(str(value))
    return bool(text.replace("&nbsp;", " ").replace("\xa0", " ").strip())


def stream(value):
    value = json.loads(value) if isinstance(value, str) else value
    return value or []


def missing_items(values):
    told = {name for name in TEXTS if says(values.get(name))}
    told |= {name for name in POINTERS if values.get(name) is not None}
    told |= {name for name in MANY if values.get(name)}
    told |= {name for name in ROWS if stream(values.get(name))}
    told |= {f"narrative-{row['type']}" for row in stream(values.get("narrative")) if says(row["value"])}
    if values.get("operational_status") not in ("", None, "unknown"):
        told.add("operational_status")
    return sum(1 << place for place, name in enumerate(BITS) if name not in told)


def fill(apps, schema_editor):
    model = apps.get_model("directory", "InnovationPage")
    revisions = apps.get_model("wagtailcore", "Revision").objects
    having = {
        name: set(model.objects.filter(**{f"{name}__isnull": False}).values_list("pk", flat=True))
        for name in MANY
    }
    streams = {f"raw_{name}": Cast(name, TextField()) for name in STREAMS}
    columns = (*TEXTS, *POINTERS, "operational_status")
    pages = model.objects.annotate(**streams).order_by("pk")
    found = defaultdict(list)
    last = 0
    while rows := list(
        pages.filter(pk__gt=last).values("pk", "live", "latest_revision", *columns, *streams)[:CHUNK]
    ):
        last = rows[-1]["pk"]
        # A page nobody reads yet shows how far its draft has come.
        drafts = revisions.in_bulk([row["latest_revision"] for row in rows if not row["live"]])
        for row in rows:
            draft = drafts.get(row["latest_revision"])
            if draft:
                values = draft.content
            else:
                values = {name: row[name] for name in columns}
                values |= {name: row[f"raw_{name}"] for name in STREAMS}
                values |= {name: row["pk"] in pks for name, pks in having.items()}
            found[missing_items(values)].append(row["pk"])
    for number, pks in found.items():
        for start in range(0, len(pks), CHUNK):
            model.objects.filter(pk__in=pks[start : start + CHUNK]).update(missing_items=number)


class Migration(migrations.Migration):

    dependencies = [
        ("directory", "0004_portal_exchange"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="innovationpage",
            options={
                "permissions": [("view_data_quality", "Melihat mutu data")],
                "verbose_name": "profil inovasi",
                "verbose_name_plural": "profil inovasi",
            },
        ),
        migrations.AddField(
            model_name="innovationpage",
            name="missing_items",
            field=models.BigIntegerField(default=0, editable=False),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
