"""The tree in Indonesian: front page, the site itself, index pages and ordinary pages."""

from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Locale, Page, Site

from directory.models import DirectoryIndexPage
from guides.models import GuideIndexPage
from home.models import HomePage, StandardPage
from home.starter.content import FOLDER, StarterError, body, publish, read
from news.models import NewsIndexPage

TEXTS = read(FOLDER / "tree.json")
WELCOME_TITLE = "Welcome to your new Wagtail site!"
# In the order of the menu.
INDEXES: dict[str, type[Page]] = {
    "direktori": DirectoryIndexPage,
    "panduan": GuideIndexPage,
    "berita": NewsIndexPage,
}


def address() -> tuple[str, int]:
    """Host and port of SITE_URL."""
    parts = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return parts.hostname or "127.0.0.1", port


def find_home() -> HomePage | None:
    return HomePage.objects.filter(locale__language_code="id", depth=2).order_by("pk").first()


def get_home() -> HomePage:
    """The Indonesian front page; `StarterError` if somebody removed it."""
    home = find_home()
    if home is None:
        raise StarterError(
            "Halaman beranda berbahasa Indonesia tidak ada. Buat satu di akar pohon halaman lewat admin, "
            "lalu jalankan lagi."
        )
    return home


def get_index(page_type: type[Page]) -> Page | None:
    """The Indonesian index page of this type; None if somebody removed it."""
    return page_type._default_manager.child_of(get_home()).first()


def make_home() -> str:
    """The front page, unless there is one. Returns its title."""
    home = find_home()
    if home is None:
        home = HomePage(locale=Locale.objects.get(language_code="id"), **TEXTS["home"])
        publish(home, Page.get_first_root_node())
    return home.title


def make_site() -> str:
    """Points the site at the Indonesian front page and removes Wagtail's welcome page."""
    host, port = address()
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.hostname, site.port, site.root_page = host, port, get_home()
    site.site_name = site.site_name or "JIPPNas"
    site.save()
    for page in Page.objects.filter(depth=2, title=WELCOME_TITLE, numchild=0):
        # A site's front page takes its site along when deleted.
        if page.specific_class is Page and not Site.objects.filter(root_page=page).exists():
            page.delete()
    return f"{host}:{port}"


def make_index(slug: str) -> str | None:
    """One of the three index pages, unless there is one."""
    page_type = INDEXES[slug]
    if get_index(page_type) is not None:
        return None
    page = page_type(slug=slug, show_in_menus=True, **TEXTS["indexes"][slug])
    return publish(page, get_home()).title


def make_page(path: Path) -> str | None:
    """An ordinary page from its data file, unless its address is taken."""
    data, home = read(path), find_home()
    if home is None or home.get_children().filter(slug=data["slug"]).exists():
        return None
    page = StandardPage(
        title=data["title"],
        slug=data["slug"],
        introduction=data["introduction"],
        search_description=data["introduction"],
        body=body(data["body"], {}),
    )
    return publish(page, home).title
