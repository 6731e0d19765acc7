"""What synthetic records are about: per topic the words that the sentences of `story` are filled with."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Indicator:
    """Something measured: typical values before and after; `low`/`high` bound the baseline."""

    name: str
    unit: str
    low: int
    high: int
    # The result as a share of the baseline, in per cent: below 100 means that less is better.
    share: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Topic:
    sectors: tuple[str, ...]
    sdgs: tuple[str, ...]
    themes: tuple[str, ...]
    groups: tuple[str, ...]
    units: tuple[str, ...]
    objects: tuple[str, ...]
    problem: str
    cause: str
    effect: str
    service: str
    clients: str
    officer: str
    volunteer: str
    tool: str
    activities: tuple[str, str, str]
    indicators: tuple[Indicator, ...]


SOCIAL_TOPICS = (
    Topic(
        sectors=("kesehatan",),
        sdgs=("3", "5"),
        themes=("kemiskinan",),
        groups=("ibu-bayi", "perempuan"),
        units=("Dinas Kesehatan", "UPTD Puskesmas", "RSUD"),
        objects=("Ibu Hamil", "Bumil Desa", "Persalinan Aman"),
        problem="kematian ibu dan bayi",
        cause="kehamilan berisiko yang baru diketahui menjelang persalinan",
        effect="rujukan ke rumah sakit kerap terlambat",
        service="pemeriksaan dan pendampingan ibu hamil",
        clients="ibu hamil",
        officer="bidan desa",
        volunteer="kader posyandu",
        tool="kartu pantau risiko kehamilan",
        activities=(
            "pendataan ibu hamil rumah ke rumah",
            "kunjungan bidan setiap dua pekan",
            "rumah tunggu kelahiran",
        ),
        indicators=(
            Indicator("Ibu hamil yang diperiksa enam kali", "%", 41, 63, (125, 160)),
            Indicator("Kematian ibu dalam setahun", "kasus", 8, 24, (25, 70)),
        ),
    ),
    Topic(
        sectors=("kesehatan", "keluarga-berencana"),
        sdgs=("2", "3"),
        themes=("stunting",),
        groups=("ibu-bayi", "anak"),
        units=("Dinas Pengendalian Penduduk dan KB", "UPTD Puskesmas", "Dinas Kesehatan"),
        objects=("Balita", "Cegah Stunting", "Gizi Keluarga"),
        problem="stunting pada anak balita",
        cause="pola makan keluarga yang kurang protein dan sanitasi yang buruk",
        effect="anak tumbuh lebih pendek dan mudah sakit",
        service="pemantauan tumbuh kembang dan makanan tambahan",
        clients="keluarga dengan anak balita",
        officer="petugas gizi puskesmas",
        volunteer="kader pembangunan manusia",
        tool="grafik tumbuh kembang yang ditempel di rumah",
        activities=(
            "penimbangan serentak setiap bulan",
            "kelas memasak pangan lokal",
            "kunjungan keluarga berisiko",
        ),
        indicators=(
            Indicator("Prevalensi stunting balita", "%", 21, 36, (45, 80)),
            Indicator("Balita yang ditimbang tiap bulan", "%", 52, 71, (118, 138)),
        ),
    ),
    Topic(
        sectors=("kesehatan", "sosial"),
        sdgs=("3", "10"),
        themes=("kemiskinan",),
        groups=("pasien", "disabilitas"),
        units=("RSUD", "UPTD Puskesmas", "Dinas Sosial"),
        objects=("Jiwa Sehat", "ODGJ Mandiri", "Sahabat Jiwa"),
        problem="pemasungan dan pengobatan yang terputus pada orang dengan gangguan jiwa",
        cause="layanan jiwa yang hanya ada di rumah sakit provinsi",
        effect="pasien kambuh berulang dan keluarga kehilangan penghasilan",
        service="perawatan jiwa di rumah dan terapi kerja",
        clients="penyintas gangguan jiwa dan keluarganya",
        officer="perawat jiwa",
        volunteer="kader kesehatan jiwa",
        tool="jadwal minum obat yang diawasi keluarga",
        activities=(
            "penemuan kasus bersama perangkat desa",
            "kunjungan obat ke rumah",
            "kelompok usaha penyintas",
        ),
        indicators=(
            Indicator("Pasien yang minum obat teratur", "%", 28, 46, (150, 200)),
            Indicator("Kasus pasung", "kasus", 6, 22, (0, 40)),
        ),
    ),
    Topic(
        sectors=("pendidikan",),
        sdgs=("4", "10"),
        themes=("kemiskinan",),
        groups=("anak", "keluarga-miskin"),
        units=("Dinas Pendidikan", "Dinas Pendidikan dan Kebudayaan", "SMP Negeri"),
        objects=("Anak Kembali Sekolah", "Sekolah Filial", "Belajar Lagi"),
        problem="anak putus sekolah",
        cause="biaya, jarak ke sekolah, dan keharusan membantu orang tua bekerja",
        effect="anak bekerja terlalu dini tanpa ijazah",
        service="sekolah kelas jauh dan pendampingan belajar",
        clients="anak yang putus sekolah",
        officer="guru pamong",
        volunteer="relawan pendidikan desa",
        tool="peta anak tidak sekolah per dusun",
        activities=("pencarian anak tidak sekolah", "kelas sore di balai desa", "beasiswa transportasi"),
        indicators=(
            Indicator("Anak tidak sekolah usia 7–15 tahun", "anak", 240, 1850, (20, 60)),
            Indicator("Siswa yang menyelesaikan tahun ajaran", "%", 61, 78, (112, 126)),
        ),
    ),
    Topic(
        sectors=("administrasi-kependudukan",),
        sdgs=("16", "10"),
        themes=("digitalisasi",),
        groups=("masyarakat-umum", "warga-terpencil"),
        units=("Dinas Kependudukan dan Pencatatan Sipil",),
        objects=("Akta", "Adminduk Desa", "KTP Pulau"),
        problem="warga tanpa dokumen kependudukan",
        cause="kantor layanan yang jauh dan ongkos perjalanan yang mahal",
        effect="warga tidak dapat memakai jaminan kesehatan dan bantuan sosial",
        service="perekaman KTP dan penerbitan akta di tempat",
        clients="warga yang belum berdokumen",
        officer="operator adminduk",
        volunteer="petugas registrasi desa",
        tool="alat rekam jinjing yang bekerja tanpa jaringan",
        activities=(
            "jemput bola terjadwal ke desa",
            "pengajuan lewat kantor desa",
            "pengantaran dokumen ke rumah",
        ),
        indicators=(
            Indicator("Anak yang memiliki akta kelahiran", "%", 64, 82, (112, 120)),
            Indicator("Lama penerbitan dokumen", "hari", 7, 21, (5, 25)),
        ),
    ),
    Topic(
        sectors=("pemberdayaan-perempuan-anak",),
        sdgs=("5", "16"),
        themes=("kemiskinan",),
        groups=("perempuan", "anak", "korban"),
        units=("Dinas Pemberdayaan Perempuan dan Perlindungan Anak", "UPTD PPA"),
        objects=("Lindungi Anak", "Perempuan Aman", "Lapor Kekerasan"),
        problem="kekerasan terhadap perempuan dan anak yang tidak dilaporkan",
        cause="rasa takut, ketergantungan ekonomi, dan tempat melapor yang jauh",
        effect="korban bertahan lama tanpa pertolongan",
        service="pengaduan, pendampingan hukum, dan pemulihan korban",
        clients="perempuan dan anak korban kekerasan",
        officer="konselor UPTD PPA",
        volunteer="satgas perlindungan desa",
        tool="nomor pengaduan 24 jam",
        activities=("penjangkauan korban dalam satu hari", "rumah aman", "kelas pencegahan di sekolah"),
        indicators=(
            Indicator("Laporan yang ditangani tuntas", "%", 35, 58, (140, 165)),
            Indicator("Waktu tanggap pertama", "jam", 48, 96, (8, 30)),
        ),
    ),
    Topic(
        sectors=("sosial", "ketenagakerjaan"),
        sdgs=("8", "10"),
        themes=("kemiskinan",),
        groups=("disabilitas", "pemuda"),
        units=("Dinas Sosial", "Dinas Tenaga Kerja", "Balai Latihan Kerja"),
        objects=("Difabel Bekerja", "Kerja Inklusif", "Karya Mandiri"),
        problem="penyandang disabilitas yang tidak bekerja",
        cause="pelatihan yang tidak ramah disabilitas dan keraguan pemberi kerja",
        effect="mereka bergantung pada keluarga seumur hidup",
        service="pelatihan kerja dan penempatan yang didampingi",
        clients="penyandang disabilitas usia kerja",
        officer="instruktur pelatihan",
        volunteer="pendamping kerja",
        tool="peta keterampilan dan lowongan inklusif",
        activities=("asesmen minat dan kemampuan", "magang tiga bulan", "pendampingan di tempat kerja"),
        indicators=(
            Indicator("Lulusan yang bekerja setelah enam bulan", "%", 18, 34, (170, 240)),
            Indicator("Perusahaan yang menerima pekerja disabilitas", "perusahaan", 6, 19, (220, 420)),
        ),
    ),
    Topic(
        sectors=("kebencanaan",),
        sdgs=("11", "13"),
        themes=("digitalisasi",),
        groups=("korban", "masyarakat-umum"),
        units=("Badan Penanggulangan Bencana Daerah",),
        objects=("Banjir", "Siaga Bencana", "Desa Tangguh"),
        problem="korban dan kerugian akibat banjir",
        cause="peringatan yang terlambat sampai ke warga di hilir",
        effect="warga mengungsi tanpa sempat menyelamatkan ternak dan dokumen",
        service="peringatan dini dan evakuasi berbasis warga",
        clients="warga di bantaran sungai",
        officer="petugas pusat pengendalian operasi",
        volunteer="relawan desa tangguh bencana",
        tool="alat ukur muka air dengan kabar otomatis",
        activities=(
            "pemasangan alat ukur di hulu",
            "latihan evakuasi dua kali setahun",
            "penunjukan jalur dan titik kumpul",
        ),
        indicators=(
            Indicator("Waktu sejak peringatan sampai evakuasi", "menit", 90, 240, (15, 40)),
            Indicator("Keluarga yang tahu jalur evakuasi", "%", 22, 41, (170, 220)),
        ),
    ),
    Topic(
        sectors=("perpustakaan", "pendidikan"),
        sdgs=("4", "8"),
        themes=("kemiskinan",),
        groups=("masyarakat-umum", "pemuda"),
        units=("Dinas Perpustakaan dan Kearsipan",),
        objects=("Pojok Baca", "Perpustakaan Desa", "Baca Berdaya"),
        problem="rendahnya minat baca dan perpustakaan yang sepi",
        cause="koleksi yang tidak sesuai kebutuhan dan jam buka yang pendek",
        effect="warga tidak melihat perpustakaan sebagai tempat belajar",
        service="perpustakaan keliling dan kelas keterampilan",
        clients="warga desa dan pelajar",
        officer="pustakawan",
        volunteer="pegiat literasi",
        tool="kotak buku bergilir antardesa",
        activities=("penggiliran buku setiap bulan", "kelas keterampilan di perpustakaan", "lomba bercerita"),
        indicators=(
            Indicator("Kunjungan perpustakaan sebulan", "orang", 140, 620, (190, 420)),
            Indicator("Buku yang dipinjam sebulan", "buku", 90, 510, (200, 380)),
        ),
    ),
)
