"""What translating a full innovation profile takes, in a tree of 100 pages and in one of 10,000.

    .venv/bin/python benchmarks/translating.py [--rounds 12]

For each size a portal on SQLite with full synthetic profiles, filled up with news. A round translates one
profile as the people of its section do, by Django's test client: begin (turning the translation on), one
text, the PO file with all the others, submission, the editor's approval, which publishes. The sizes take
turns, a process for each turn. Wanted: p95 of begin + text + submission + approval under 2 s; beginning costs
the same in both trees.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

SIZES = (100, 10_000)
TURNS = 2
STEPS = ("begin", "one text", "PO file", "submit", "approve")


def build(pages: int, profiles: int) -> None:
    from django.core.management import call_command
    from wagtail.models import Locale, Page

    from accounts.models import User
    from directory.demo.build import build_records
    from directory.models import DirectoryIndexPage, InnovationPage
    from home.starter import translations, tree
    from institutions import memberships
    from institutions.approval.workflows import provide_workflows
    from institutions.provisioning import provision, provision_portal
    from institutions.roles import Role, SectionKind
    from news.models import NewsPage, NewsSectionPage

    call_command("load_taxonomy", verbosity=0, stdout=sys.stderr)
    tree.make_home()
    tree.make_site()
    for name in tree.INDEXES:
        tree.make_index(name)
    translations.make_tree()
    provision_portal()
    build_records(DirectoryIndexPage.objects.get(locale__language_code="id"), profiles, 7)
    kinds = [SectionKind.DIRECTORY, SectionKind.NEWS]
    owners = {page.institution for page in InnovationPage.objects.all()}
    for number, institution in enumerate(owners):
        provision(institution, kinds)
        for role in (Role.TRANSLATOR, Role.EDITOR):
            user = User.objects.create_user(f"{role}-{institution.pk}", f"{role}{number}@contoh.go.id", "x")
            memberships.begin(user, institution, role, kinds)
    provide_workflows()
    section = NewsSectionPage.objects.filter(locale=Locale.objects.get(language_code="id")).first()
    for number in range(pages - Page.objects.count()):
        section.add_child(instance=NewsPage(title=f"Kabar {number}", introduction="Ringkas."))


def measure(pages: int, rounds: int, turn: int) -> list[dict[str, float]]:
    """Seconds of each step, a dictionary a round. A turn takes profiles no other turn took."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from directory.models import InnovationPage

    settings.DEBUG, settings.ALLOWED_HOSTS = False, ["testserver"]
    call_command("migrate", verbosity=0, stdout=sys.stderr)
    if not InnovationPage.objects.exists():
        build(pages, (rounds + 1) * TURNS)
    profiles = InnovationPage.objects.filter(locale__language_code="id").order_by("pk")
    chosen = profiles[turn * (rounds + 1) : (turn + 1) * (rounds + 1)]
    # The first warms the process.
    return [_round(page) for page in chosen][1:]


def _round(page: Any) -> dict[str, float]:
    import polib
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client
    from django.urls import reverse
    from wagtail.models import Locale
    from wagtail_localize.models import Translation

    from accounts.models import User

    clients = {}
    for role in ("translator", "editor"):
        clients[role] = Client()
        user = User.objects.get(username=f"{role}-{page.institution_id}")
        clients[role].force_login(user, "accounts.backends.PortalBackend")
    english = Locale.objects.get(language_code="en")
    seconds: dict[str, float] = {}

    def step(name: str, method: str, role: str, address: str, data: Any, **more: Any) -> None:
        start = time.perf_counter()
        response = getattr(clients[role], method)(address, data, **more)
        seconds[name] = time.perf_counter() - start
        assert response.status_code in (200, 201, 302), (name, response.status_code)

    begin = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    step("begin", "post", "translator", begin, {"locales": [english.pk]})
    translation = Translation.objects.get(source__object_id=page.translation_key)
    segment = translation.source.stringsegment_set.select_related("string").first()
    edit = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    form = "application/x-www-form-urlencoded"
    step("one text", "put", "translator", edit, "value=Something", content_type=form)
    po = translation.export_po()
    for entry in po:
        entry.msgstr = entry.msgid
    upload = reverse("wagtail_localize:upload_pofile", args=[translation.pk])
    file = SimpleUploadedFile("terjemahan.po", polib.POFile.__str__(po).encode())
    step("PO file", "post", "translator", upload, {"file": file, "next": reverse("translating:index")})
    step("submit", "post", "translator", reverse("translating:submit", args=[translation.pk]), {})
    decide = reverse("translating:decide", args=[translation.pk])
    step("approve", "post", "editor", decide, {"action": "approve"})
    assert translation.get_target_instance().live
    seconds["texts"] = translation.source.stringsegment_set.count()
    return seconds


def compare(folder: Path, rounds: int) -> bool:
    """Prints the table; whether both wishes are kept to."""
    seen: dict[int, list[dict[str, float]]] = {size: [] for size in SIZES}
    for turn in range(TURNS):
        for size in SIZES:
            environment = {**os.environ, "DATABASE_URL": f"sqlite:///{folder / f'{size}.sqlite3'}"}
            command = [sys.executable, __file__, "--measure", str(size), str(rounds), str(turn)]
            done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
            if done.returncode:
                raise SystemExit(done.stderr)
            seen[size] += json.loads(done.stdout.splitlines()[-1])
    texts = statistics.median(one["texts"] for one in seen[SIZES[0]])
    print(f"{len(seen[SIZES[0]])} profiles a size, {texts:.0f} texts each")
    print(f"{'step':12}" + "".join(f"{size:>9,}: p50 / p95  " for size in SIZES) + "p50 : p50")
    for name in STEPS:
        _print_row(name, {size: [one[name] for one in seen[size]] for size in SIZES})
    trips = {
        size: [one["begin"] + one["one text"] + one["submit"] + one["approve"] for one in seen[size]]
        for size in SIZES
    }
    _print_row("round trip", trips)
    begins = [statistics.median(one["begin"] for one in seen[size]) for size in SIZES]
    return max(_p95(found) for found in trips.values()) < 2 and begins[1] / begins[0] < 1.3


def _print_row(name: str, found: dict[int, list[float]]) -> None:
    middles = [statistics.median(values) for values in found.values()]
    cells = "".join(
        f"{middle * 1000:11.0f} / {_p95(values) * 1000:5.0f} ms"
        for middle, values in zip(middles, found.values(), strict=True)
    )
    print(f"{name:12}{cells}   {middles[1] / middles[0]:.2f}")


def _p95(values: list[float]) -> float:
    return sorted(values)[round(0.95 * (len(values) - 1))]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--measure", type=int, nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.development")
        print(json.dumps(measure(*options.measure)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        return 0 if compare(Path(folder), options.rounds) else 1


if __name__ == "__main__":
    sys.exit(main())
