"""The story of an innovation: ten sections, all there from the start, in one order.

Editors neither add, move nor delete sections: the form always shows all ten, and what stays empty is not
stored. The stored stream is an ordinary one, so revisions, comparison and translation work on it as ever.
"""

import json
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.telepath import register
from wagtail.blocks.stream_block import StreamBlockAdapter, StreamBlockValidationError, StreamValue

NARRATIVE_FEATURES = ["bold", "italic", "link", "ol", "ul"]
SECTION_LENGTH = 10_000

# Block name → heading, in the fixed order of the profile. The first seven are KIPP's own headings.
NARRATIVE_SECTIONS = {
    "background": _("Latar belakang dan tujuan"),
    "novelty": _("Kebaruan"),
    "how_it_works": _("Cara kerja"),
    "significance": _("Signifikansi"),
    "adaptability": _("Adaptabilitas"),
    "resources": _("Sumber daya"),
    "sustainability": _("Strategi keberlanjutan"),
    "challenges": _("Tantangan dan kegagalan"),
    "conditions": _("Syarat keberhasilan"),
    "lessons": _("Pelajaran"),
}
SECTION_HELP = {
    "background": _(
        "Keadaan sebelum inovasi dan apa yang ingin dicapai. Contoh: “Lima puskesmas di kepulauan hanya "
        "terjangkau perahu; tahun itu 40 ibu bersalin tanpa bidan.”"
    ),
    "novelty": _(
        "Apa yang baru dibanding cara lama atau tempat lain. Contoh: “Dukun bayi tidak lagi disaingi, "
        "melainkan menjadi mitra bidan dengan perjanjian tertulis.”"
    ),
    "how_it_works": _(
        "Wajib untuk diajukan. Langkah demi langkah: siapa melakukan apa, kapan, dengan alat apa. Contoh: "
        "“1. Kader mendata ibu hamil. 2. Bidan dan dukun mengunjungi bersama. 3. ...”"
    ),
    "significance": _(
        "Mengapa hasilnya penting, dan bagi siapa. Contoh: “Keluarga di desa terluar tidak lagi menjual "
        "ternak untuk membayar ojek laut.”"
    ),
    "adaptability": _(
        "Apa yang dapat ditiru apa adanya dan apa yang harus disesuaikan. Contoh: “Isi perjanjian sama; "
        "besar insentif mengikuti kemampuan daerah.”"
    ),
    "resources": _(
        "Orang, uang, alat dan mitra yang dipakai. Contoh: “Dua bidan tiap puskesmas, satu perahu, dana "
        "desa.”"
    ),
    "sustainability": _(
        "Yang membuatnya tetap jalan bila pimpinan berganti. Contoh: “Peraturan bupati, anggaran di RKPD, "
        "pelatihan tiap tahun.”"
    ),
    "challenges": _(
        "Apa yang sulit atau gagal, dan apa yang dilakukan. Kejujuran menolong peniru. Contoh: “Aplikasi "
        "pertama ditinggalkan karena tidak ada sinyal; kini memakai buku dan SMS.”"
    ),
    "conditions": _(
        "Prasarana, kebijakan, kepemimpinan, sumber daya dan nilai yang harus ada. Contoh: “Kepala desa "
        "bersedia menjadi saksi perjanjian.”"
    ),
    "lessons": _(
        "Nasihat Anda bagi yang akan meniru. Contoh: “Mulailah dari satu kecamatan; libatkan tokoh adat "
        "sejak rapat pertama.”"
    ),
}
_POSITIONS = {name: position for position, name in enumerate(NARRATIVE_SECTIONS)}


def has_text(value: Any) -> bool:
    """Whether a text, rich text or number says anything; markup and blanks alone do not."""
    source = getattr(value, "source", value)
    if source is None:
        return False
    return bool(strip_tags(str(source)).replace("&nbsp;", " ").replace("\xa0", " ").strip())


class NarrativeBlock(blocks.StreamBlock):
    """The ten sections, each at most once."""

    def __init__(self, **kwargs: object) -> None:
        sections = [
            (
                name,
                blocks.RichTextBlock(
                    label=label,
                    features=NARRATIVE_FEATURES,
                    required=False,
                    max_length=SECTION_LENGTH,
                    help_text=SECTION_HELP[name],
                    icon="pilcrow",
                ),
            )
            for name, label in NARRATIVE_SECTIONS.items()
        ]
        counts = {name: {"max_num": 1} for name in NARRATIVE_SECTIONS}
        super().__init__(
            sections, block_counts=counts, required=False, max_num=len(NARRATIVE_SECTIONS), **kwargs
        )

    def all_sections(self, value: StreamValue | None) -> StreamValue:
        """The stream as the form shows it: in the fixed order, an empty section for each one missing."""
        children = list(value or [])
        stored = {child.block_type for child in children}
        sections = [(child.block_type, child.value, child.id) for child in children]
        sections += [
            (name, block.get_default(), str(uuid.uuid4()))
            for name, block in self.child_blocks.items()
            if name not in stored
        ]
        return StreamValue(self, sorted(sections, key=lambda section: _POSITIONS[section[0]]))

    def get_form_state(self, value: StreamValue | None) -> list[dict[str, Any]]:
        state = super().get_form_state(self.all_sections(value))
        for section in state:  # the editor's state comes indented
            section["value"] = json.dumps(json.loads(section["value"]), separators=(",", ":"))
        return state

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> StreamValue:
        return self.all_sections(super().value_from_datadict(data, files, prefix))

    def clean(self, value: StreamValue) -> StreamValue:
        """Drops empty sections and orders the rest. Errors keep the positions of the form as posted."""
        errors: dict[int, ValidationError] = {}
        cleaned: list[tuple[str, Any, str | None]] = []
        for position, child in enumerate(value):
            if not has_text(child.value):
                continue
            if child.block_type in (name for name, _value, _id in cleaned):
                errors[position] = ValidationError(
                    _("Bagian ini ada dua kali. Pindahkan isinya ke yang pertama, lalu kosongkan yang ini.")
                )
                continue
            try:
                cleaned.append((child.block_type, child.block.clean(child.value), child.id))
            except ValidationError as error:
                errors[position] = error
        if errors:
            raise StreamBlockValidationError(block_errors=errors)
        return StreamValue(self, sorted(cleaned, key=lambda section: _POSITIONS[section[0]]))


class NarrativeBlockAdapter(StreamBlockAdapter):
    """In the browser an ordinary stream without its plus signs and its move, copy and delete buttons."""

    js_constructor = "directory.blocks.NarrativeBlock"

    def js_args(self, block: NarrativeBlock) -> list[Any]:
        # One editor for all sections, described once; and no section is ever added, so no initial states.
        sections = list(block.child_blocks.values())
        for section in sections[1:]:
            section.field.widget = sections[0].field.widget
        name, groups, _initial_states, meta = super().js_args(block)
        return [name, groups, {}, meta]

    @cached_property
    def media(self) -> forms.Media:
        return super().media + forms.Media(js=["js/admin-narrative.js"])


register(NarrativeBlockAdapter(), NarrativeBlock)
