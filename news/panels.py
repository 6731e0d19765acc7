"""The editing form of news: the order of its fields, and what each is for, with an example."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel

INDEX = [
    FieldPanel(
        "introduction",
        help_text=_(
            "Satu atau dua kalimat di atas daftar. Contoh: “Kabar dari jaringan inovasi pelayanan publik.”"
        ),
    )
]

SECTION = [
    FieldPanel(
        "institution",
        help_text=_("Instansi yang menulis di bagian ini. Beritanya memakai nama instansi ini."),
    )
]

NEWS = [
    FieldPanel(
        "introduction",
        help_text=_(
            "Inti berita dalam dua atau tiga kalimat, paling banyak 500 huruf: siapa, apa, di mana. "
            "Contoh: “Sulawesi Barat membentuk Hub JIPP. Hub ini mendampingi kabupaten yang hendak "
            "meniru inovasi.”"
        ),
    ),
    FieldPanel("date", help_text=_("Tanggal kejadian atau terbit, bukan tanggal menyunting.")),
    MultiFieldPanel(
        [
            FieldPanel(
                "lead_image",
                help_text=_("Foto kejadian itu sendiri. Tanpa foto lebih baik daripada foto hiasan."),
            ),
            FieldPanel(
                "lead_image_alt",
                help_text=_(
                    "Apa yang terlihat, bila teks milik gambar tidak cocok di sini. "
                    "Contoh: “Gubernur menandatangani komitmen replikasi di aula.”"
                ),
            ),
            FieldPanel(
                "lead_image_caption",
                help_text=_(
                    "Siapa, di mana, kapan. Contoh: “Pembukaan forum replikasi, Banjarbaru, 27 Oktober 2020”."
                ),
            ),
        ],
        heading=_("Gambar utama"),
    ),
    FieldPanel(
        "body",
        help_text=_("Tulis dengan kalimat sendiri. Beri judul bagian bila lebih dari lima paragraf."),
    ),
    MultiFieldPanel(
        [
            FieldPanel("source_name", help_text=_("Contoh: “Siaran pers Kementerian PANRB”.")),
            FieldPanel("source_url", help_text=_("Alamat lengkap. Contoh: https://www.menpan.go.id/…")),
        ],
        heading=_("Sumber"),
    ),
    FieldPanel("institution", help_text=_("Kosongkan untuk memakai instansi milik bagian ini.")),
    FieldPanel(
        "tags", help_text=_("Kata yang dicari orang, dipisah koma. Contoh: replikasi, KIPP, Sulawesi Barat")
    ),
    InlinePanel(
        "related_pages",
        heading=_("Halaman terkait"),
        label=_("Halaman"),
        max_num=6,
        help_text=_("Berita atau panduan yang melanjutkan cerita ini, paling banyak enam."),
    ),
]
