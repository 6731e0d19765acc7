"""What editors wait for with 650 institutions, against the same with 5.

    .venv/bin/python benchmarks/many_institutions.py [--rounds 30] [--folder /tmp/many]

Builds a portal of each size on SQLite (or takes what `--folder` holds): real institutions, each with its
three sections, nine groups of roles, three documents and sixteen pages, thirteen of them content. Each size
is served by a process of its own; they take turns, so that a slow minute of the machine is slow for both.
One request is a view called by Django's test client as an editor of one institution, and as a programme
owner. The counts of queries must be equal; of the times the medians are compared, and at most 1.3 is wanted.

The list of all sections has five rows in one portal and fifty, a page of it, in the other. Judged is the list
with five rows a page in both; that with fifty is measured and printed as it is.
"""

import argparse
import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

SIZES = (5, 650)
INNOVATIONS, NEWS, GUIDES, DOCUMENTS = 6, 6, 1, 3
WARMING = 3
WANTED = 1.3
# As many sections of a kind as the smaller portal has.
FEW_ROWS = SIZES[0]
UNEQUAL = "programme owner: explorer, all sections, 50 a page"


@dataclass(frozen=True)
class View:
    """What is asked for: by whom, where, and rows on a page of the explorer (0: as many as Wagtail has)."""

    person: str
    path: str
    rows: int = 0


def build(institutions: int) -> None:
    """The portal, in the empty database that DATABASE_URL names."""
    from django.core.management import call_command

    from accounts.models import User
    from home.starter import tree
    from institutions import memberships
    from institutions.models import Institution
    from institutions.provisioning import provision, provision_portal
    from institutions.roles import Role, SectionKind

    call_command("load_taxonomy", verbosity=0, stdout=sys.stderr)
    tree.make_home()
    tree.make_site()
    for name in ("direktori", "berita", "panduan"):
        tree.make_index(name)
    provision_portal()
    chosen = list(Institution.objects.filter(is_active=True).order_by("pk")[:institutions])
    for institution in chosen:
        provision(institution, list(SectionKind))
        _content(institution)
    middle = chosen[len(chosen) // 2]
    editor = User.objects.create_user("editor", "editor@contoh.go.id", "sandi-untuk-uji")
    memberships.begin(editor, middle, Role.EDITOR, list(SectionKind))
    owner = User.objects.create_user("pemilik", "pemilik@contoh.go.id", "sandi-untuk-uji")
    memberships.begin(owner, middle, Role.PROGRAMME_OWNER)


def _content(institution: Any) -> None:
    from cms.models import CustomDocument
    from directory.models import DirectorySectionPage, InnovationPage
    from guides.models import GuidePage, GuideSectionPage
    from institutions.models import Workspace
    from news.models import NewsPage, NewsSectionPage

    name = institution.name
    collection = Workspace.objects.get(institution=institution).collection
    # Rows without files: lists and choosers read none.
    CustomDocument.objects.bulk_create(
        CustomDocument(title=f"Pedoman {one} {name}", file=f"documents/{one}.pdf", collection=collection)
        for one in range(DOCUMENTS)
    )
    for section_type, page_type, count, needed in (
        (DirectorySectionPage, InnovationPage, INNOVATIONS, {"institution": institution}),
        (NewsSectionPage, NewsPage, NEWS, {"introduction": "Ringkas."}),
        (GuideSectionPage, GuidePage, GUIDES, {"audience": "Tim replikasi", "purpose": "Layanan berjalan."}),
    ):
        section = section_type.objects.get(institution=institution)
        for number in range(count):
            # The last one is a draft, with a revision.
            page = page_type(title=f"Layanan {number} {name}", live=number < count - 1, **needed)
            section.add_child(instance=page)
            if not page.live:
                page.save_revision()


def views() -> dict[str, View]:
    """What is asked for, by its name in the table."""
    from accounts.models import User
    from directory.models import DirectoryIndexPage, InnovationPage
    from institutions.models import Membership
    from news.models import NewsPage, NewsSectionPage

    institution = Membership.objects.get(user=User.objects.get(username="editor")).institution
    innovation = InnovationPage.objects.filter(institution=institution, live=False).get()
    section = NewsSectionPage.objects.get(institution=institution)
    news = NewsPage.objects.child_of(section).live().first()
    shared = {
        "dashboard": "/admin/",
        "explorer, a section": f"/admin/pages/{section.pk}/",
        "explorer, the front page": f"/admin/pages/{section.get_parent().get_parent().pk}/",
        "page chooser": "/admin/choose-page/",
        "page chooser, a section": f"/admin/choose-page/{section.pk}/",
        "page chooser, a search": "/admin/choose-page/search/?q=layanan+2",
        "image chooser": "/admin/images/chooser/",
        "document chooser": "/admin/documents/chooser/",
        "edit an innovation": f"/admin/pages/{innovation.pk}/edit/",
        "edit a news page": f"/admin/pages/{news.pk}/edit/",
        "site history": "/admin/reports/site-history/",
    }
    found = {f"editor: {label}": View("editor", path) for label, path in shared.items()}
    found |= {f"programme owner: {label}": View("pemilik", path) for label, path in shared.items()}
    every = f"/admin/pages/{DirectoryIndexPage.objects.get().pk}/"
    found[f"programme owner: explorer, all sections, {FEW_ROWS} a page"] = View("pemilik", every, FEW_ROWS)
    found[UNEQUAL] = View("pemilik", every)
    return found


@contextlib.contextmanager
def explorer_rows(number: int) -> Iterator[None]:
    """So many rows a page of the explorer's; 0: as many as Wagtail has there."""
    from wagtail.admin.views.pages.listing import IndexView

    before = IndexView.paginate_by
    IndexView.paginate_by = number or before
    try:
        yield
    finally:
        IndexView.paginate_by = before


def serve(institutions: int) -> None:
    """Answers each line on standard input with one round: seconds and queries of each view, as JSON."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from wagtail.models import Page

    from accounts import sessions
    from accounts.models import User
    from institutions.models import RoleGroup

    # The note of a session falls into any request, once a minute.
    sessions.NOTED_EVERY = settings.SESSION_IDLE_SECONDS
    settings.DEBUG, settings.ALLOWED_HOSTS = False, ["testserver"]
    call_command("migrate", verbosity=0, stdout=sys.stderr)
    if not RoleGroup.objects.exists():
        build(institutions)
    clients = {name: Client() for name in ("editor", "pemilik")}
    for name, client in clients.items():
        client.force_login(User.objects.get(username=name), "accounts.backends.PortalBackend")
    asked = views()
    _say({"pages": Page.objects.count(), "groups": RoleGroup.objects.count()})
    for _line in sys.stdin:
        round_ = {}
        for label, view in asked.items():
            client = clients[view.person]
            with explorer_rows(view.rows):
                with CaptureQueriesContext(connection) as queries:
                    assert client.get(view.path).status_code == 200, (label, view.path)
                # Before the next request begins the count anew.
                asked_for = len(queries)
                start = time.perf_counter()
                client.get(view.path)
                round_[label] = (time.perf_counter() - start, asked_for)
        _say(round_)


def _say(found: Any) -> None:
    print(json.dumps(found), flush=True)


class Portal:
    """A process that serves one size."""

    def __init__(self, folder: Path, institutions: int) -> None:
        database = folder / f"{institutions}.sqlite3"
        environment = {**os.environ, "DATABASE_URL": f"sqlite:///{database}"}
        command = [sys.executable, __file__, "--serve", str(institutions)]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )
        self.holds = self.hear()

    def hear(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        return json.loads(self.process.stdout.readline())

    def round(self) -> dict[str, Any]:
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return self.hear()

    def end(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()


def compare(folder: Path, rounds: int) -> bool:
    """Prints the table; whether every view that shows as many rows in both keeps to what is wanted."""
    portals = {size: Portal(folder, size) for size in SIZES}
    for size, portal in portals.items():
        print(f"{size} institutions: {portal.holds['pages']} pages, {portal.holds['groups']} groups of roles")
    seen: dict[int, list[dict[str, Any]]] = {size: [] for size in SIZES}
    for number in range(rounds + WARMING):
        for size, portal in portals.items():
            found = portal.round()
            if number >= WARMING:
                seen[size].append(found)
    for portal in portals.values():
        portal.end()
    kept = True
    print(f"{'view':50} {'queries':>9} {'ms':>14} {'times':>6}")
    for label in seen[SIZES[0]][0]:
        few, many = (statistics.median(one[label][0] for one in seen[size]) * 1000 for size in SIZES)
        counts = [seen[size][-1][label][1] for size in SIZES]
        kept &= counts[0] == counts[1] and (label == UNEQUAL or many / few <= WANTED)
        print(f"{label:50} {counts[0]:4} {counts[1]:4} {few:6.0f} {many:7.0f} {many / few:6.2f}")
    return kept


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--folder", type=Path, help="keeps the databases there for the next time")
    parser.add_argument("--serve", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.development")
        serve(options.serve)
        return 0
    if options.folder:
        options.folder.mkdir(parents=True, exist_ok=True)
        return 0 if compare(options.folder, options.rounds) else 1
    with tempfile.TemporaryDirectory() as folder:
        return 0 if compare(Path(folder), options.rounds) else 1


if __name__ == "__main__":
    sys.exit(main())
