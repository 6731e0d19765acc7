"""What stands in an address where its parameters are: things of the world that really exist."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.auth.tokens import default_token_generator
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, Site, Workflow
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from contact.models import Enquiry
from directory.confirming.reminders import link
from directory.imports.types import Action
from directory.models import ImportBatch, ImportRow, Merge
from home.models import PortalSettings
from institutions.models import Invitation, Membership, Review, RoleGroup
from institutions.roles import Role, SectionKind
from search.models import ModelCall, SynonymGroup
from taxonomy.models import SDG, AwardProgramme, BeneficiaryGroup, ReformTheme, Sector
from tests.factories.directory import reference, region
from tests.permissions.addresses import Address
from tests.permissions.world import OTHER, OWN, Place, World

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
IN_PATTERN = re.compile(r"\(\?P<(\w+)>[^)]*\)")

Thing = Callable[[World, Place, str], Any]

# Written as they are.
WORDS = {
    "action_name": "approve", "action": "move", "mode": "x", "filter_spec": "max-165x165",
    "source": "kipp", "table": "belum-terjawab", "uploaded_file_id": "1", "number": "1",
    "revision_id_a": "earliest", "revision_id_b": "latest", "restriction_id": "1",
}  # fmt: skip


def _page(world: World, place: Place, state: str) -> Page:
    return world.page(place, state)


def _section(world: World, place: Place, state: str) -> Page:
    return world.page(place, state).get_parent()


def _translation(world: World, place: Place, state: str) -> Translation:
    """Of the page into English, begun by nobody in particular."""
    page = world.page(place, state)
    english = Locale.objects.get(language_code="en")
    source, _created = TranslationSource.get_or_create_from_instance(page)
    found, created = Translation.objects.get_or_create(source=source, target_locale=english)
    if created:
        for segment in StringSegment.objects.filter(source=source).select_related("string"):
            StringTranslation.objects.get_or_create(
                translation_of=segment.string, context=segment.context, locale=english,
                defaults={"data": segment.string.data},
            )  # fmt: skip
        found.save_target(publish=False)
    return found


def _text(world: World, place: Place, state: str) -> StringSegment:
    """A text of the page, which is translated already."""
    translation = _translation(world, place, state)
    segment = StringSegment.objects.filter(source=translation.source).first()
    StringTranslation.objects.get_or_create(
        translation_of=segment.string, context=segment.context, locale=translation.target_locale,
        defaults={"data": "Translated"},
    )  # fmt: skip
    return segment


def _replaceable(world: World, place: Place, state: str) -> OverridableSegment | str:
    """What the page leads to, something else in its place already. An innovation may have nothing of it."""
    translation = _translation(world, place, state)
    segment = OverridableSegment.objects.filter(source=translation.source).first()
    if segment is None:
        return "0"
    SegmentOverride.objects.get_or_create(
        context=segment.context, locale=translation.target_locale, defaults={"data_json": segment.data_json}
    )
    return segment


def _own(model: type, **fields: Any) -> Thing:
    return lambda world, place, state: model.objects.get_or_create(**fields)[0]


def _user(world: World, place: Place, state: str) -> Any:
    return world.page(place, state).owner


def _group(world: World, place: Place, state: str) -> Any:
    return RoleGroup.objects.get(
        role=Role.EDITOR, kind=place.kind, workspace__institution__code=place.institution
    ).group


def _innovation(world: World, place: Place, state: str) -> Page:
    return world.page(Place(place.institution, SectionKind.DIRECTORY), state)


def _batch(world: World, place: Place, state: str) -> ImportBatch:
    found, created = ImportBatch.objects.get_or_create(
        source="general", file_name="contoh.csv", state=ImportBatch.State.PLANNED
    )
    if created:
        ImportRow.objects.create(batch=found, number=1, action=Action.DUPLICATE)
    return found


def _merge(world: World, place: Place, state: str) -> Merge:
    page = world.page(Place(place.institution, SectionKind.DIRECTORY), "live")
    return Merge.objects.get_or_create(page=page, number=4_000_000 + page.pk, title="Dulu")[0]


def _call(world: World, place: Place, state: str) -> ModelCall:
    due = timezone.localdate() + timedelta(days=9)
    return ModelCall.objects.get_or_create(title="Banjir rob", defaults={"due": due})[0]


def _review(world: World, place: Place, state: str) -> Review:
    """Of the page, where it awaits one in that state; otherwise of one that does."""
    page = world.page(place, state)
    if page.current_workflow_state is None:
        page = world.page(place, "submitted")
    return Review.objects.get(pk=page.current_workflow_state.current_task_state_id)


def _invitation(world: World, place: Place, state: str) -> Invitation:
    return Invitation.objects.get_or_create(
        institution=world.institution(place.institution), email=f"baru@{place.institution}.go.id",
        role=Role.CONTRIBUTOR, kinds=[place.kind], token_hash=str(place),
        defaults={"expires_at": timezone.now() + timedelta(days=7),
                  "invited_by": _user(world, place, "live")},
    )[0]  # fmt: skip


def _session(world: World, place: Place, state: str) -> EditingSession:
    page = world.page(place, state)
    kind = ContentType.objects.get_for_model(page)
    return EditingSession.objects.get_or_create(
        user=page.owner, content_type=kind, object_id=page.pk, defaults={"last_seen_at": timezone.now()}
    )[0]


# By parameter; more narrowly by "namespace:parameter", and of one address by "route:parameter".
THINGS: dict[str, Thing] = {
    "page_id": _page,
    "page_pk": _page,
    "page_to_move_id": _page,
    "wagtailadmin_pages:pk": _page,
    "pages:pk": _page,
    "object_id": _page,
    "parent_page_id": _section,
    "destination_id": _section,
    "revision_id": lambda world, place, state: world.page(place, state).latest_revision,
    "task_state_id": _review,
    "review_id": _review,
    "workflow_state_id": lambda world, place, state: world.page(place, "submitted").current_workflow_state,
    "task_id": lambda world, place, state: _review(world, place, state).task,
    "workflow_pk": lambda world, place, state: Workflow.objects.first(),
    "wagtailadmin_workflows:pk": lambda world, place, state: Workflow.objects.first(),
    "image_id": lambda world, place, state: world.images[place.institution],
    "images:pk": lambda world, place, state: world.images[place.institution],
    "wagtailimages_chooser:pk": lambda world, place, state: world.images[place.institution],
    "document_id": lambda world, place, state: world.documents[place.institution],
    "doc_id": lambda world, place, state: world.documents[place.institution],
    "documents:pk": lambda world, place, state: world.documents[place.institution],
    "wagtaildocs_chooser:pk": lambda world, place, state: world.documents[place.institution],
    "collection_id": lambda world, place, state: world.collection(place.institution),
    "wagtailadmin_collections:pk": lambda world, place, state: world.collection(place.institution),
    "institution_id": lambda world, place, state: world.institution(place.institution),
    "into_id": lambda world, place, state: world.institution(OTHER if place.institution == OWN else OWN),
    "membership_id": lambda world, place, state: Membership.objects.get(user=_user(world, place, "live")),
    "institution:pk": lambda world, place, state: world.institution(place.institution),
    "institution_chooser:pk": lambda world, place, state: world.institution(place.institution),
    "invitation_id": _invitation,
    "session_id": _session,
    "wagtailusers_users:pk": _user,
    "wagtailusers_groups:pk": _group,
    "translation_id": _translation,
    "translation_source_id": lambda world, place, state: _translation(world, place, state).source,
    # Of a page that is no translation there is nothing to convert.
    "admin/localize/page/<int:page_id>/convert_to_alias/:page_id":
        lambda world, place, state: _translation(world, place, state).get_target_instance(),
    "string_segment_id": _text,
    "overridable_segment_id": _replaceable,
    "first": lambda world, place, state: _innovation(world, place, "live").registry_number,
    "second": lambda world, place, state: _innovation(world, place, "draft").registry_number,
    "merging:number": lambda world, place, state: _merge(world, place, state).number,
    "imports:pk": _batch,
    "insight:pk": _call,
    "redirect_id": _own(Redirect, old_path="/lama", redirect_link="/id/"),
    "enquiries:pk": _own(Enquiry, kind="question", message="Bagaimana?"),
    "synonyms:pk": _own(SynonymGroup, terms="ktp, kartu tanda penduduk"),
    "wagtaillocales:pk": lambda world, place, state: Locale.objects.first(),
    "wagtailsites:pk": lambda world, place, state: Site.objects.first(),
    "region_chooser:pk": lambda world, place, state: region(),
    "region:pk": lambda world, place, state: region(),
    "sector:pk": lambda world, place, state: reference(Sector, "kesehatan"),
    "sdg:pk": lambda world, place, state: reference(SDG, "3"),
    "reformtheme:pk": lambda world, place, state: reference(ReformTheme, "kemiskinan"),
    "beneficiarygroup:pk": lambda world, place, state: reference(BeneficiaryGroup, "anak"),
    "awardprogramme:pk": lambda world, place, state: reference(AwardProgramme, "kipp"),
    "wagtailsettings:pk": lambda world, place, state: PortalSettings.load(),
    "confirming:token": lambda world, place, state: link(
        world.page(Place(place.institution, SectionKind.DIRECTORY), "live")
    ).rstrip("/").rsplit("/")[-1],
}  # fmt: skip


def filled(address: Address, world: World, place: Place, state: str) -> str:
    """The path. Raises `LookupError` for a parameter nobody has said anything of."""
    route = IN_PATTERN.sub(r"<\1>", address.route).replace("\\.", ".").removesuffix("$")
    space = address.name.split(":")[-2] if ":" in address.name else ""
    return "/" + PARAMETER.sub(lambda found: _value(found[1], space, address, world, place, state), route)


def _value(parameter: str, space: str, address: Address, world: World, place: Place, state: str) -> str:
    model = _model(address, world, place, state)
    if parameter in model:
        return model[parameter]
    narrow = THINGS.get(f"{address.route}:{parameter}") or THINGS.get(f"{space}:{parameter}")
    thing = narrow or THINGS.get(parameter)
    if thing is None:
        return WORDS[parameter]
    found = thing(world, place, state)
    if found is None:
        raise LookupError(f"{address}: nothing for {parameter}")
    return str(getattr(found, "pk", found))


def _model(address: Address, world: World, place: Place, state: str) -> dict[str, str]:
    """Which model an address that takes one is asked for."""
    key = address.key
    if key == "wagtailadmin_api:pages:action":
        return {"action_name": "publish"}
    if key == "imports:export":
        return {"kind": "csv"}
    if key == "wagtailadmin_password_reset_confirm":
        user = _user(world, place, state)
        token = default_token_generator.make_token(user)
        return {"uidb64": urlsafe_base64_encode(force_bytes(user.pk)), "token": token}
    if key.startswith("wagtailsettings"):
        return {"app_name": "home", "model_name": "portalsettings"}
    if key == "wagtailadmin_workflows:add_task":
        return {"app_label": "institutions", "model_name": "ownersapprovaltask"}
    if key.startswith("wagtail_localize:s"):
        return {"app_label": "taxonomy", "model_name": "sector", "pk": str(reference(Sector, "kesehatan").pk)}
    if key == "members:end_portal":
        held = Membership.objects.current().filter(role=Role.VALIDATOR).first()
        return {"membership_id": str(held.pk if held else 0)}
    if "/tag-autocomplete/" in address.route:
        return {"app_name": "taggit", "model_name": "tag"}
    page = world.page(place, state)
    if "/bulk/" in address.route or key == "wagtailadmin_editing_sessions:ping":
        return {"app_label": "wagtailcore", "model_name": "page"}
    label, name = page._meta.app_label, page._meta.model_name
    return {
        "app_label": label, "model_name": name,
        "content_type_app_name": label, "content_type_model_name": name,
    }  # fmt: skip
