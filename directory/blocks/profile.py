"""The rows of a profile that carry numbers and documents rather than prose."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from cms.blocks.wording import FigureBlock, FixedTextBlock


class EvidenceBlock(blocks.StructBlock):
    """One indicator before and after. Whether it is verified is never typed in (`Verification`)."""

    indicator = blocks.CharBlock(
        label=_("Indikator"),
        max_length=200,
        help_text=_("Yang diukur. Contoh: “Persalinan yang ditolong bidan”."),
    )
    baseline = FigureBlock(
        label=_("Sebelum"), max_length=60, required=False, help_text=_("Nilai sebelum inovasi. Contoh: “62”.")
    )
    result = FigureBlock(
        label=_("Sesudah"), max_length=60, help_text=_("Nilai sesudah inovasi. Contoh: “97”.")
    )
    unit = blocks.CharBlock(
        label=_("Satuan"),
        max_length=60,
        required=False,
        help_text=_("Contoh: “persen”, “hari”, “rupiah per orang”."),
    )
    period = FigureBlock(
        label=_("Periode"),
        max_length=60,
        required=False,
        help_text=_("Dari kapan sampai kapan. Contoh: “2019–2022”."),
    )
    method = blocks.TextBlock(
        label=_("Cara mengukur"),
        max_length=500,
        required=False,
        help_text=_("Contoh: “Dihitung dari register persalinan semua puskesmas”."),
    )
    source = blocks.CharBlock(
        label=_("Sumber data"),
        max_length=300,
        required=False,
        help_text=_("Tempat angkanya dapat diperiksa. Contoh: “Profil Kesehatan 2022, halaman 34”."),
    )
    evaluator = blocks.ChoiceBlock(
        label=_("Yang mengukur"),
        choices=[("owner", _("Pemilik inovasi")), ("external", _("Pihak luar"))],
        default="owner",
        help_text=_("Pihak luar: bukan pemilik inovasi. Contoh: perguruan tinggi."),
    )
    document = DocumentChooserBlock(
        label=_("Dokumen pendukung"), required=False, help_text=_("Contoh: laporan evaluasi dalam PDF.")
    )

    class Meta:
        icon = "clipboard-list"
        label = _("Bukti")


class CostItemBlock(blocks.StructBlock):
    item = blocks.CharBlock(
        label=_("Untuk apa"), max_length=200, help_text=_("Contoh: “Pelatihan 40 kader”.")
    )
    amount = blocks.IntegerBlock(
        label=_("Jumlah (rupiah)"),
        min_value=0,
        max_value=10**14,
        help_text=_("Angka saja, tanpa titik. Contoh: 40000000"),
    )
    frequency = blocks.ChoiceBlock(
        label=_("Kapan"),
        choices=[("once", _("Sekali")), ("yearly", _("Setiap tahun"))],
        default="once",
        help_text=_("Sekali di awal, atau setiap tahun."),
    )

    class Meta:
        icon = "pick"
        label = _("Biaya")


class PrerequisiteBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        label=_("Jenis"),
        choices=[
            ("regulation", _("Peraturan")),
            ("staff", _("SDM")),
            ("budget", _("Anggaran")),
            ("technology", _("Teknologi")),
            ("authority", _("Kewenangan")),
        ],
        help_text=_("Apa yang harus tersedia."),
    )
    statement = blocks.CharBlock(
        label=_("Yang harus ada"),
        max_length=300,
        help_text=_("Contoh: “Peraturan bupati tentang kemitraan”."),
    )
    necessity = blocks.ChoiceBlock(
        label=_("Sifat"),
        choices=[("essential", _("Wajib")), ("adaptable", _("Dapat disesuaikan"))],
        default="essential",
        help_text=_("Wajib: tanpa ini tidak berjalan."),
    )

    class Meta:
        icon = "tick"
        label = _("Prasyarat")


class KitItemBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        label=_("Jenis"),
        choices=[
            ("regulation", _("Peraturan")),
            ("decree", _("Surat keputusan")),
            ("sop", _("SOP")),
            ("budget-plan", _("Rencana anggaran")),
            ("terms-of-reference", _("Kerangka acuan kerja")),
            ("training-module", _("Modul pelatihan")),
            ("source-code", _("Kode sumber")),
        ],
        help_text=_("Berkas apa ini."),
    )
    title = blocks.CharBlock(
        label=_("Judul"), max_length=200, help_text=_("Contoh: “SOP rujukan ibu hamil”.")
    )
    document = DocumentChooserBlock(
        label=_("Dokumen"), required=False, help_text=_("Unggah atau pilih berkasnya.")
    )
    address = blocks.URLBlock(
        label=_("Atau alamat web"),
        required=False,
        help_text=_("Bila berkasnya ada di tempat lain. Contoh: https://..."),
    )
    licence = FixedTextBlock(
        label=_("Lisensi"),
        max_length=120,
        required=False,
        help_text=_("Boleh dipakai bagaimana. Contoh: “CC BY 4.0”."),
    )
    necessity = blocks.ChoiceBlock(
        label=_("Sifat"),
        choices=[("core", _("Inti")), ("adaptable", _("Dapat disesuaikan"))],
        default="core",
        help_text=_("Inti: dipakai apa adanya."),
    )

    class Meta:
        icon = "doc-full"
        label = _("Berkas replikasi")


class InstitutionalisationBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        label=_("Bentuk"),
        choices=[
            ("regulation", _("Peraturan atau keputusan")),
            ("priority-programme", _("Program prioritas (RPJMD/RKPD)")),
            ("performance-agreement", _("Perjanjian kinerja")),
        ],
        help_text=_("Yang mengikat inovasi ini."),
    )
    title = blocks.CharBlock(
        label=_("Nama atau nomor"),
        max_length=300,
        help_text=_("Contoh: “Peraturan Bupati Nomor 10 Tahun 2020”."),
    )
    year = blocks.IntegerBlock(
        label=_("Tahun"), required=False, min_value=1990, max_value=2100, help_text=_("Contoh: 2020")
    )
    document = DocumentChooserBlock(
        label=_("Dokumen"), required=False, help_text=_("Salinan peraturan atau perjanjiannya.")
    )

    class Meta:
        icon = "lock"
        label = _("Bukti pelembagaan")


class PlanPriorityBlock(blocks.StructBlock):
    level = blocks.ChoiceBlock(
        label=_("Rencana"),
        choices=[("rpjmn", "RPJMN"), ("rpjmd", "RPJMD")],
        help_text=_("Rencana nasional atau daerah."),
    )
    statement = blocks.CharBlock(
        label=_("Prioritas"), max_length=300, help_text=_("Contoh: “Percepatan penurunan stunting”.")
    )

    class Meta:
        icon = "list-ul"
        label = _("Prioritas pembangunan")


class CompetitionCategoryBlock(blocks.StructBlock):
    scheme = FixedTextBlock(label=_("Kompetisi"), max_length=120, help_text=_("Contoh: “KIPP”."))
    year = blocks.IntegerBlock(
        label=_("Tahun"), required=False, min_value=2000, max_value=2100, help_text=_("Contoh: 2021")
    )
    category = blocks.CharBlock(
        label=_("Kategori"), max_length=200, help_text=_("Contoh: “Pelayanan kesehatan”.")
    )

    class Meta:
        icon = "list-ul"
        label = _("Kategori kompetisi")
