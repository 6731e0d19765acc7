"""What the code says to people goes through gettext, is looked up when shown, and is there in English."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import polib
import pytest
from django import forms
from django.apps import apps
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import override
from wagtail import blocks
from wagtail.admin.panels import Panel
from wagtail.fields import StreamField
from wagtail.models import Page

from scripts import messages
from scripts.environment import ROOT

APPS = [name for name in messages.SOURCES if name != "templates"]
LOOKING_UP = (
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
)
AT_ONCE = ("gettext", "ngettext", "pgettext")
WORD = re.compile(r"[a-z]{3,}")
# Indonesian that is data, or is read and not said.
NOT_SAID = (
    *("directory/demo/", "home/starter/", "search/analysis/", "search/insight/texts.py"),
    *("institutions/recognition/", "taxonomy/recognition/", "directory/imports/values.py"),
    "directory/imports/duplicates.py",
    # Written into exported files and known again when they are imported.
    "cms/cells.py",
    # The name of a language in itself.
    "cms/settings/languages.py",
    # Contents of the database, in the portal's first language: names of tasks, the question to begin with.
    *(
        "directory/apps.py",
        "institutions/approval/workflows.py",
        "institutions/provisioning.py",
        "home/models.py",
    ),
    # Said to whoever runs the server, in the portal's first language.
    *("/management/commands/", "/loading.py"),
)
# Tables nobody meets: in no form and no list, and no record of them is protected or logged by itself.
UNSEEN = {
    *("search.FacetValue", "search.DocumentFacets", "search.DocumentTitles", "search.OutboxEntry"),
    *("search.Word", "search.SearchState", "search.ModelCallTopic", "search.ModelCallChange"),
    *("cms.CustomRendition", "home.StarterItem", "accounts.SecondStep", "guides.ReviewReminder"),
    *("directory.ConfirmationReminder", "directory.DuplicateSearch", "directory.RegistryEntry"),
}
ABBREVIATION = re.compile(r"[A-Z]{2,}|-+")


@cache
def catalogue() -> dict[str, str]:
    """Every text of ours with its English."""
    found = {}
    for entry in polib.pofile(str(ROOT / messages.CATALOGUE)):
        found[entry.msgid] = entry.msgstr or entry.msgstr_plural[0]
        if entry.msgid_plural:
            found[entry.msgid_plural] = entry.msgstr_plural[1]
    return found


@cache
def indonesian() -> set[str]:
    """Words of our texts that are in none of their translations."""
    said = {word for text in catalogue() for word in WORD.findall(text.lower())}
    return said - {word for text in catalogue().values() for word in WORD.findall(text.lower())}


class Source:
    """One module, read for what it says."""

    def __init__(self, text: str) -> None:
        self.tree = ast.parse(text)
        self.names = {
            alias.asname or alias.name: alias.name
            for node in ast.walk(self.tree)
            if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
            for alias in node.names
        }

    def look_ups(self) -> Iterator[ast.Call]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and self._function(node) in LOOKING_UP:
                yield node

    def not_in(self, texts: Iterable[str]) -> list[str]:
        """What is looked up and not there: gettext's tools do not see into f-strings, nor take what is put
        together."""
        known = set(texts)
        return [
            f"{call.lineno}: {ast.unparse(call)[:90]}"
            for call in self.look_ups()
            if not isinstance(self._text(call), str) or self._text(call) not in known
        ]

    def too_early(self) -> list[str]:
        """Looked up while the module is loaded: it would stay in the language of that moment."""
        return [f"{call.lineno}: {ast.unparse(call)[:90]}" for call in self._outside_functions(self.tree)]

    def said_outright(self) -> list[str]:
        """Texts with two Indonesian words or more that are not looked up."""
        looked_up = {id(part) for call in self.look_ups() for part in ast.walk(call)}
        documentation = {id(node.value) for node in ast.walk(self.tree) if isinstance(node, ast.Expr)}
        return [
            f"{node.lineno}: {node.value[:90]}"
            for node in ast.walk(self.tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and re.search(r"[a-z] [a-z]", node.value)
            and id(node) not in looked_up | documentation
            and sum(word in indonesian() for word in WORD.findall(node.value.lower())) > 1
        ]

    def _function(self, call: ast.Call) -> str:
        return self.names.get(call.func.id, "") if isinstance(call.func, ast.Name) else ""

    def _text(self, call: ast.Call) -> object:
        place = 1 if self._function(call).startswith("pgettext") else 0
        given = call.args[place] if len(call.args) > place else None
        return given.value if isinstance(given, ast.Constant) else None

    def _outside_functions(self, node: ast.AST) -> Iterator[ast.Call]:
        for part in ast.iter_child_nodes(node):
            if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                continue
            if isinstance(part, ast.Call) and self._function(part) in AT_ONCE:
                yield part
            yield from self._outside_functions(part)


MODULES = sorted(
    path
    for app in APPS
    for path in (ROOT / app).rglob("*.py")
    if "migrations" not in path.parts and path.stat().st_size
)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_module__says_what_is_translated_when_it_is_shown(path: Path) -> None:
    source, name = Source(path.read_text()), str(path.relative_to(ROOT))
    assert not source.not_in(catalogue())
    assert not source.too_early()
    if not any(part in f"/{name}" if part[0] == "/" else name.startswith(part) for part in NOT_SAID):
        assert not source.said_outright()


def test_source__sees_what_is_wrong() -> None:
    begin = "from django.utils.translation import gettext as _\n"
    assert Source(begin + "x = f\"{_('paling tidak terbaca')}\"").not_in(catalogue())
    assert Source(begin + "def f(x): return _(x)").not_in(catalogue())
    assert Source(begin + "x = _('Beranda')").too_early()
    assert Source("x = 'Halaman ini menunggu tinjauan Anda'").said_outright()
    fine = Source(begin + '"""Halaman ini menunggu."""\ndef f(): return _("Beranda")')
    assert not fine.not_in(catalogue()) + fine.too_early() + fine.said_outright()


def wrong(text: object) -> str:
    """What speaks against a label; "" if nothing does."""
    if text in (None, "") or callable(text) or ABBREVIATION.fullmatch(str(text)):
        return ""
    if not isinstance(text, Promise):
        return f"is fixed: {text}"
    with override("id"):
        here = str(text)
    with override("en"):
        there = str(text)
    if here == there and catalogue().get(here) != there:
        return f"is the same in both languages: {here}"
    return ""


def labels(choices: Iterable[Any]) -> Iterator[object]:
    """The words of choices, those in groups included. A choice for nothing is no word."""
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield value
            yield from labels(label)
        elif value not in (None, ""):
            yield label


def of_model(model: type[Model]) -> Iterator[tuple[str, object]]:
    meta = model._meta
    yield "name", meta.verbose_name
    yield "plural", meta.verbose_name_plural
    for field in (*meta.fields, *meta.many_to_many):
        if field.model._meta.app_label not in APPS:
            continue
        given = field.verbose_name
        if given != field.name.replace("_", " "):
            yield field.name, given
        yield f"{field.name}, help", field.help_text
        yield from ((f"{field.name}, choice", label) for label in labels(field.choices or ()))
        if isinstance(field, StreamField):
            yield from of_block(field.name, field.stream_block)
    if issubclass(model, Page):
        yield from of_panel("", model.get_edit_handler())


def of_block(name: str, block: blocks.Block) -> Iterator[tuple[str, object]]:
    yield f"{name}, label", block.meta.label
    yield f"{name}, help", getattr(block.meta, "help_text", "")
    if isinstance(block, blocks.FieldBlock):
        yield f"{name}, help", block.field.help_text
        if isinstance(block, blocks.ChoiceBlock):
            yield from ((f"{name}, choice", label) for label in labels(block.field.choices))
    inner = getattr(block, "child_blocks", {}) | (
        {"*": block.child_block} if hasattr(block, "child_block") else {}
    )
    for part, child in inner.items():
        yield from of_block(f"{name}.{part}", child)


def of_panel(name: str, panel: Panel) -> Iterator[tuple[str, object]]:
    yield f"{name} heading", panel.heading
    yield f"{name} help", panel.help_text
    for child in getattr(panel, "children", ()):
        yield from of_panel(f"{name}/{child.clean_name}", child)


def of_form(form: type[forms.BaseForm]) -> Iterator[tuple[str, object]]:
    for name, field in form.base_fields.items():
        if field.widget.is_hidden or name == "comment_notifications":
            continue
        yield name, field.label or "no label"
        yield f"{name}, help", field.help_text
        yield from ((f"{name}, error", text) for text in field.error_messages.values())
        yield from ((f"{name}, {one}", field.widget.attrs.get(one)) for one in ("placeholder", "title"))
        if isinstance(field, forms.ModelChoiceField):
            yield f"{name}, nothing", field.empty_label
        elif isinstance(field, forms.ChoiceField):
            yield from ((f"{name}, choice", label) for label in labels(field.choices))


def complaints(said: Iterable[tuple[str, object]]) -> list[str]:
    return [f"{where} {why}" for where, text in said if (why := wrong(text))]


SEEN = [
    model for model in apps.get_models() if model._meta.app_label in APPS and model._meta.label not in UNSEEN
]


@pytest.mark.parametrize("model", SEEN, ids=lambda model: model._meta.label)
def test_model__names_everything_in_both_languages(model: type[Model]) -> None:
    assert not complaints(of_model(model))


def our_forms() -> list[type[forms.BaseForm]]:
    for app in APPS:
        package = importlib.import_module(app)
        for module in pkgutil.walk_packages(package.__path__, f"{app}."):
            if not re.search(r"\.(migrations|settings|wsgi|formats)", module.name):
                importlib.import_module(module.name)
    return [one for one in _heirs(forms.BaseForm) if one.__module__.split(".")[0] in APPS]


def _heirs(parent: type) -> Iterator[type]:
    for child in parent.__subclasses__():
        yield child
        yield from _heirs(child)


def test_forms__say_everything_in_both_languages() -> None:
    found = {f"{form.__module__}.{form.__name__}": complaints(of_form(form)) for form in our_forms()}
    assert len(found) > 20
    assert not {name: wrong for name, wrong in found.items() if wrong}


def test_wrong__sees_fixed_and_untranslated_labels() -> None:
    from django.utils.translation import gettext_lazy

    assert wrong("Beranda")
    assert wrong(gettext_lazy("Tidak ada di katalog"))
    assert not wrong(gettext_lazy("Beranda"))
    assert not wrong("RPJMN")


SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))
# What a script would show: words come from the page, or from what the server answers.
SHOWN = re.compile(
    r"""(?:textContent|innerText|innerHTML|title|alt|placeholder|ariaLabel)\s*=\s*["'`][^"'`]*[^\W\d_]{2}"""
    r"""|setAttribute\(\s*["'](?:aria-label|title|alt|placeholder)["'],\s*["'`]"""
    r"""|(?:alert|confirm|prompt)\(|new Option\(["'`]|toLocale\w+\(|Intl\."""
)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_script__has_no_words_and_forms_of_its_own(path: Path) -> None:
    assert not SHOWN.findall(path.read_text())
