"""The editing form of guides: the order of its fields, and what each is for, with an example."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel

INDEX = [
    FieldPanel(
        "introduction",
        help_text=_("Satu atau dua kalimat di atas daftar. Contoh: “Langkah demi langkah sampai berjalan.”"),
    )
]

SECTION = [
    FieldPanel("institution", help_text=_("Instansi yang menulis dan meninjau panduan di bagian ini."))
]

GUIDE = [
    FieldPanel(
        "audience",
        help_text=_(
            "Siapa yang akan mengerjakannya. Contoh: “Kepala dinas dan tim replikasi di kabupaten/kota”."
        ),
    ),
    FieldPanel(
        "purpose",
        help_text=_(
            "Apa yang tercapai bila semua langkah dijalankan. "
            "Contoh: “Inovasi daerah lain berjalan di daerah Anda dan tercatat.”"
        ),
    ),
    FieldPanel(
        "steps",
        help_text=_(
            "Satu langkah satu pekerjaan yang dapat selesai. Judulnya kata kerja: “Pilih inovasi yang cocok”."
        ),
    ),
    MultiFieldPanel(
        [
            FieldPanel("version", help_text=_("Naikkan bila isi langkah berubah. Contoh: 1.1")),
            FieldPanel(
                "review_date",
                help_text=_(
                    "Setelah tanggal ini pembaca diberi tahu bahwa panduan belum ditinjau ulang. "
                    "Kosongkan hanya bila isinya tidak akan usang."
                ),
            ),
        ],
        heading=_("Versi dan tinjauan"),
    ),
    FieldPanel("institution", help_text=_("Kosongkan untuk memakai instansi milik bagian ini.")),
    InlinePanel(
        "related_innovations",
        panels=[PageChooserPanel("innovation", "directory.InnovationPage")],
        heading=_("Inovasi terkait"),
        label=_("Inovasi"),
        max_num=12,
        help_text=_("Inovasi yang dapat ditiru dengan panduan ini."),
    ),
]
