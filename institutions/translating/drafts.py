"""A translation as a draft of its page, and its submission for approval.

wagtail-localize writes a translation's texts into the live page even where it is told to save a draft. Here
they go into a revision only: what readers see changes when somebody publishes.
"""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.coreutils import find_available_slug
from wagtail.models import Page, WorkflowState
from wagtail_localize.models import StringSegment, Translation, TranslationLog

from cms.holding import hold
from cms.refusals import RefusedError
from cms.translation.sources import demand_published_source
from institutions.models import ReviewTask
from institutions.translating.texts import untranslated

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User

# So many untranslated texts are named in a refusal.
NAMED = 3


def missing(translation: Translation) -> "QuerySet[StringSegment]":
    """The texts of the source without a usable translation, in their order."""
    segments = StringSegment.objects.filter(source=translation.source)
    found = untranslated(segments, translation.target_locale)
    return found.select_related("string", "context").order_by("order")


@transaction.atomic
def save_draft(translation: Translation, user: "User | None") -> Page:
    """The page with its texts as translated now, as its newest revision; untranslated ones stay as they are
    in the source. Raises `RefusedError` where the page does not take them."""
    target = translation.get_target_instance()
    hold([target.pk])
    page = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    own = translation.source.as_instance().slug
    if not page.live and page.slug == own:
        page.slug = page.title
    # A title may be in other letters than addresses are.
    slug = slugify(page.slug) or own
    page.slug = find_available_slug(page.get_parent(), slug, ignore_page_id=page.pk)
    try:
        revision = page.save_revision(user=user, log_action=True)
    except ValidationError as error:
        told = "; ".join(f"{name}: {' '.join(texts)}" for name, texts in error.message_dict.items())
        raise RefusedError(_("Terjemahan tidak dapat disimpan. %(told)s") % {"told": told}) from error
    TranslationLog.objects.create(
        source=translation.source, locale=translation.target_locale, revision=revision
    )
    return page


@transaction.atomic
def submit(translation: Translation, user: "User") -> WorkflowState | None:
    """Saves the translation as a draft and asks for its approval; None where nobody need be asked, for pages
    outside the sections: then it is published. What an editor of the section submits is approved by that.

    Raises `RefusedError` where texts are missing, where the source is not published, where the page is locked
    or being reviewed, or where nobody has said how such pages are approved.
    """
    _demand_whole(translation)
    hold([translation.get_target_instance().pk])
    page = translation.get_target_instance()
    demand_published_source(page)
    state = page.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS:
        raise RefusedError(_("Terjemahan ini sedang ditinjau; tunggu putusannya."))
    rights = page.permissions_for_user(user)
    if rights.page_locked():
        raise RefusedError(
            _("Halaman terjemahan ini dikunci. Minta yang menguncinya membukanya, lalu ajukan lagi.")
        )
    page = save_draft(translation, user)
    if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user=user)
        return state
    workflow = page.get_workflow()
    # Wagtail's own, on the root of the tree, ends with nobody who could decide about a translation.
    if workflow is not None and all(isinstance(task.specific, ReviewTask) for task in workflow.tasks):
        started: WorkflowState = workflow.start(page, user)
        return started
    if not rights.can_publish():
        raise RefusedError(_("Belum ada alur persetujuan untuk halaman ini. Hubungi pemilik program."))
    page.get_latest_revision().publish(user=user)
    return None


def _demand_whole(translation: Translation) -> None:
    lacking = missing(translation)
    if not lacking:
        return
    names = "; ".join(f"“{segment.string.data[:60]}”" for segment in lacking[:NAMED])
    raise RefusedError(
        ngettext(
            "%(n)d teks belum diterjemahkan: %(names)s. Terjemahkan, lalu ajukan lagi.",
            "%(n)d teks belum diterjemahkan, antara lain: %(names)s. Terjemahkan, lalu ajukan lagi.",
            len(lacking),
        )
        % {"n": len(lacking), "names": names}
    )
