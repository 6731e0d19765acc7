"""The editing form: five tabs and the words beside each field. The kinds of panels are in `panel_types`."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import CommentPanel, FieldRowPanel, InlinePanel, PublishingPanel, TitleFieldPanel

from directory.derived.completeness import Tab
from directory.editing.forms import InnovationForm
from directory.editing.panel_types import (
    EvidenceStatePanel,
    Group,
    ProfileInterface,
    ProfileTab,
    choices,
    field,
    row,
)
from institutions.approval.remarks import RemarksPanel

OUTCOME = [
    RemarksPanel(),
    TitleFieldPanel(
        "title",
        placeholder=_("Nama inovasi"),
        attrs={"data-profile-field": "title"},
        help_text=_(
            "Nama inovasi seperti yang dikenal orang, tanpa nama instansi. "
            "Contoh: “Kemitraan Bidan dan Dukun”."
        ),
    ),
    field(
        "institution",
        _("Yang memiliki dan menjalankan inovasi. Contoh: “Pemerintah Kabupaten Aceh Singkil”."),
    ),
    field(
        "problem",
        _(
            "Masalah siapa, sebesar apa, sebelum ada inovasi. Contoh: “Satu dari tiga ibu di kepulauan "
            "bersalin tanpa tenaga kesehatan.”"
        ),
    ),
    field(
        "result",
        _(
            "Apa yang berubah bagi warga, dengan angka dan tahunnya. Contoh: “Dalam tiga tahun, sembilan "
            "dari sepuluh persalinan ditolong bidan.”"
        ),
    ),
    field(
        "summary",
        _(
            "Untuk orang yang baru mendengarnya: apa yang dilakukan, untuk siapa, hasilnya. Contoh: “Bidan "
            "dan dukun menandatangani perjanjian: dukun mengantar, bidan menolong.”"
        ),
    ),
    field("region", _("Tempat inovasi dijalankan. Terisi sendiri dari instansi bila dikosongkan.")),
    choices("sectors", _("Bidang pelayanan. Contoh: sebuah layanan ibu hamil masuk “Kesehatan”.")),
    choices("sdgs", _("Tujuan yang benar-benar didukung hasilnya; satu atau dua sudah cukup.")),
    choices("beneficiary_groups", _("Siapa yang merasakan manfaatnya. Contoh: “Ibu hamil”, “Petani”.")),
    Group(
        "contact",
        [
            field(
                "contact_post",
                _(
                    "Jabatan, bukan nama orang: orang berpindah, jabatan tetap. "
                    "Contoh: “Kepala Seksi Kesehatan Ibu”."
                ),
            ),
            field(
                "contact_email",
                _("Kotak surat kantor, bukan milik pribadi. Contoh: “dinkes@kabupaten.go.id”."),
            ),
        ],
        heading=_("Narahubung"),
    ),
    Group(
        "team",
        [
            field("service_unit", _("Unit yang menjalankan. Contoh: “Puskesmas Singkil”.")),
            field("initiator", _("Siapa yang pertama mengusulkan.")),
            field(
                "partners",
                _("Siapa yang ikut membantu dan apa perannya. Contoh: “PKK desa: mendata ibu hamil”."),
            ),
        ],
        heading=_("Pelaksana dan mitra"),
        classname="collapsed",
    ),
    Group(
        "themes",
        [
            choices("reform_themes", _("Tema reformasi birokrasi yang didukung.")),
            field("plan_priorities", _("Prioritas RPJMN atau RPJMD yang didukung.")),
            field("competition_categories", _("Kategori kompetisi yang pernah diikuti.")),
            field("tags", _("Kata kunci bebas, dipisah koma. Contoh: “posyandu, kepulauan”.")),
            InlinePanel(
                "former_names",
                heading=_("Nama lain"),
                label=_("nama lain"),
                help_text=_("Nama lama atau nama setempat, agar tetap ditemukan."),
                panels=[row("name", "kind")],
            ),
        ],
        heading=_("Tema, kata kunci dan nama lain"),
        classname="collapsed",
    ),
]

METHOD = [
    field(
        "narrative", _("Sepuluh bagian; isi yang Anda ketahui. Yang kosong tidak ditampilkan sebagai isi.")
    ),
    Group(
        "life",
        [
            FieldRowPanel([field("kind", _("Apakah intinya aplikasi?")), field("form")]),
            FieldRowPanel([field("stage"), field("development_phase")]),
            FieldRowPanel(
                [field("trial_date"), field("implementation_date", _("Kapan warga mulai dilayani."))]
            ),
            field("year", _("Tahun penghargaan pertama atau penerapan. Contoh: 2019")),
        ],
        heading=_("Jenis dan tahapan"),
    ),
    Group(
        "status",
        [
            field("operational_status", _("Keadaan sekarang. Berhenti pun berguna bagi yang akan meniru.")),
            field(
                "operational_status_reason",
                _("Wajib bila berhenti. Contoh: “Anggaran dialihkan pada 2021; relawan tidak diganti.”"),
            ),
        ],
        heading=_("Masih berjalan?"),
    ),
]

COST = [
    field(
        "costs",
        _("Satu baris untuk satu pengeluaran; perkiraan boleh. Contoh: “Pelatihan kader, 40000000, sekali”."),
    ),
    Group(
        "effort",
        [
            field("staff_needed", _("Contoh: “Dua bidan tiap puskesmas, satu operator paruh waktu”.")),
            field("months_to_ready", _("Dari keputusan sampai warga dilayani. Contoh: 6")),
        ],
        heading=_("Tenaga dan waktu"),
    ),
    field(
        "prerequisites",
        _("Yang harus ada sebelum mulai. Contoh: “Peraturan bupati tentang kemitraan, wajib”."),
    ),
]

EVIDENCE = [
    EvidenceStatePanel(heading=_("Keadaan bukti")),
    field(
        "evidence",
        _(
            "Satu baris untuk satu ukuran, sebelum dan sesudah. Contoh: “Persalinan oleh bidan, 62, 97, "
            "persen, 2019–2022”. Baris yang diubah harus diverifikasi lagi."
        ),
    ),
    field(
        "institutionalisation", _("Yang membuatnya bertahan. Contoh: “Peraturan Bupati Nomor 10 Tahun 2020”.")
    ),
    InlinePanel(
        "awards",
        heading=_("Penghargaan"),
        label=_("penghargaan"),
        help_text=_("Program, tahun, peringkat. Penghargaan tidak menaikkan tingkat bukti."),
        panels=[row("programme", "year", "rank")],
    ),
]

FILES = [
    field("lead_image", _("Inovasi sedang dipakai, bukan penyerahan piala. Isi juga teks alternatifnya.")),
    field(
        "replication_kit",
        _("Berkas yang dapat langsung dipakai peniru. Contoh: SOP, rancangan peraturan, modul."),
    ),
    field("gallery", _("Foto lain beserta keterangannya.")),
    field("documents", _("Dokumen lain. Contoh: laporan evaluasi.")),
    Group(
        "web",
        [
            field("web_address", _("Alamat resmi inovasi. Contoh: https://dinkes.kabupaten.go.id/kemitraan")),
            field("video_url", _("Alamat video di YouTube atau Vimeo.")),
        ],
        heading=_("Alamat web dan video"),
    ),
    Group(
        "address",
        [field("slug", _("Bagian akhir alamat halaman; terisi sendiri dari judul.")), PublishingPanel()],
        heading=_("Alamat halaman"),
        classname="collapsed",
    ),
    CommentPanel(),
]

EDIT_HANDLER = ProfileInterface(
    [
        ProfileTab(OUTCOME, tab=Tab.OUTCOME),
        ProfileTab(METHOD, tab=Tab.METHOD),
        ProfileTab(COST, tab=Tab.COST),
        ProfileTab(EVIDENCE, tab=Tab.EVIDENCE),
        ProfileTab(FILES, tab=Tab.FILES),
    ],
    base_form_class=InnovationForm,
)
