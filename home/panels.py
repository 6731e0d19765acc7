"""The editing forms of the front page, of ordinary pages and of the portal's settings."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel

HOME = [
    FieldPanel(
        "question",
        help_text=_(
            "Satu pertanyaan, paling banyak 120 huruf. Orang datang dengan masalah, bukan nama inovasi."
        ),
    ),
    FieldPanel(
        "introduction",
        help_text=_(
            "Satu kalimat di bawah pertanyaan. Contoh: “Cari inovasi yang sudah dijalankan instansi lain.”"
        ),
    ),
    FieldPanel(
        "example_searches",
        help_text=_("Dipisah koma; coba dulu di direktori. Contoh: stunting, sampah rumah tangga"),
    ),
    HelpPanel(
        content=_(
            "Angka, peta, berita, dan panduan di beranda dihitung sendiri dari isi portal. Halaman di bawah "
            "beranda yang dicentang “Tampilkan di menu” masuk menu atas; yang tidak, masuk kaki halaman."
        )
    ),
]

STANDARD = [
    FieldPanel(
        "introduction",
        help_text=_("Apa yang dapat diperoleh pembaca di halaman ini, dalam satu atau dua kalimat."),
    ),
    FieldPanel(
        "body",
        help_text=_("Mulai dari yang paling dibutuhkan pembaca. Beri judul bagian pada tulisan panjang."),
    ),
]

SETTINGS = [
    MultiFieldPanel(
        [
            FieldPanel(
                "contact_email",
                help_text=_(
                    "Surel kantor, bukan surel orang. Pertanyaan yang pemiliknya belum melaporkan surel "
                    "dikirim ke sini. Contoh: jippnas@menpan.go.id"
                ),
            ),
            FieldPanel(
                "footer_text",
                help_text=_(
                    "Kosongkan untuk memakai “Dikelola bersama Kementerian PANRB, Kemendagri, dan LAN.”"
                ),
            ),
        ],
        heading=_("Pengelola"),
    ),
    MultiFieldPanel(
        [
            FieldPanel(
                "notice",
                help_text=_(
                    "Tampil di atas setiap halaman. "
                    "Contoh: “Portal tidak dapat dipakai Sabtu pukul 7–9 karena perawatan.”"
                ),
            ),
            FieldPanel("is_synthetic"),
        ],
        heading=_("Pemberitahuan di semua halaman"),
    ),
]
