"""The reference tables in the admin: listed, searched, edited, retired; never deleted."""

from collections.abc import Sequence

from django.db.models import Model, QuerySet
from wagtail.admin.panels import FieldPanel, ObjectList, Panel
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from taxonomy.forms import FixedCodeForm, RegionForm
from taxonomy.models import (
    SDG,
    AwardProgramme,
    BeneficiaryGroup,
    ReferenceEntry,
    ReformTheme,
    Region,
    Sector,
)

FIRST = ("code", "name_id", "name_en")
LAST = ("position", "is_active")


class ReferenceIndexView(IndexView):
    """A listing that reads the objects its columns name with the rows, not one by one."""

    def get_base_queryset(self) -> QuerySet:
        return super().get_base_queryset().select_related(*_relations(self.model, self.list_display))


class ReferenceViewSet(ModelViewSet):
    """What all reference tables share. A subclass names the model, the icon and fields of its own."""

    own_fields: tuple[str, ...] = ()
    form_base = FixedCodeForm
    index_view_class = ReferenceIndexView
    copy_view_enabled = False
    # The admin's own search backend does not know these models: a plain filter over these fields.
    search_backend_name = None
    search_fields = ["code", "name_id", "name_en"]
    list_display = ["name_id", "code", "name_en", "is_active"]
    list_filter = ["is_active"]
    list_per_page = 50

    @property
    def url_prefix(self) -> str:
        return f"rujukan/{self.model._meta.model_name}"

    @property
    def menu_label(self) -> str:
        return self.model._meta.verbose_name_plural

    def get_edit_handler(self) -> Panel:
        panels = [FieldPanel(name) for name in (*FIRST, *self.own_fields, *LAST)]
        return ObjectList(panels, base_form_class=self.form_base).bind_to_model(self.model)


class RegionViewSet(ReferenceViewSet):
    model = Region
    icon = "globe"
    form_base = RegionForm
    own_fields = ("short_name", "abbreviations", "kind", "province", "island_group", "population")
    list_display = ["name_id", "code", "kind", "province", "population", "is_active"]
    list_filter = ["kind", "island_group", "is_active"]
    search_fields = ["code", "name_id", "name_en", "short_name"]


class SectorViewSet(ReferenceViewSet):
    model = Sector
    icon = "tag"


class SDGViewSet(ReferenceViewSet):
    model = SDG
    icon = "site"


class ReformThemeViewSet(ReferenceViewSet):
    model = ReformTheme
    icon = "list-ul"
    own_fields = ("parent",)
    list_display = ["name_id", "code", "parent", "is_active"]


class BeneficiaryGroupViewSet(ReferenceViewSet):
    model = BeneficiaryGroup
    icon = "group"


class AwardProgrammeViewSet(ReferenceViewSet):
    model = AwardProgramme
    icon = "pick"
    own_fields = ("abbreviation", "organiser")
    list_display = ["name_id", "code", "abbreviation", "organiser", "is_active"]
    search_fields = ["code", "name_id", "name_en", "abbreviation"]


VIEWSETS: tuple[type[ReferenceViewSet], ...] = (
    RegionViewSet,
    SectorViewSet,
    SDGViewSet,
    ReformThemeViewSet,
    BeneficiaryGroupViewSet,
    AwardProgrammeViewSet,
)

TABLES: tuple[type[ReferenceEntry], ...] = tuple(viewset.model for viewset in VIEWSETS)


def _relations(model: type[Model], names: Sequence[str]) -> list[str]:
    return [name for name in names if model._meta.get_field(name).many_to_one]
