"""The sentences synthetic records are told in. Each section is a row of steps; of each step one wording is chosen.

Names in braces are filled from the topic and from the record's own numbers (`profile`).
"""

# ruff: noqa: E501 (sentences are easier to read and to change on one line)

SECTIONS: dict[str, tuple[tuple[str, ...], ...]] = {
    "background": (
        (
            "Sebelum {year}, {problem} menjadi keluhan yang paling sering muncul dalam musyawarah perencanaan di {place}.",
            "Data awal {unit} pada {before_year} menunjukkan bahwa {problem} di {place} lebih tinggi daripada daerah sekitarnya.",
            "Selama bertahun-tahun {problem} di {place} ditangani dengan cara yang sama dan hasilnya hampir tidak berubah.",
        ),
        (
            "Penyebab yang paling sering ditemukan petugas adalah {cause}.",
            "Setelah ditelusuri bersama warga di {villages} desa, akar masalahnya ternyata {cause}.",
            "Kajian singkat {unit} bersama perguruan tinggi setempat menyimpulkan satu sebab utama, yaitu {cause}.",
        ),
        (
            "Akibatnya {effect}, dan beban paling berat ditanggung oleh {clients}.",
            "Karena itu {effect}, sementara petugas baru mengetahuinya setelah keadaan memburuk.",
            "Yang terjadi kemudian mudah ditebak: {effect}, lalu biaya penanganannya justru lebih besar.",
        ),
        (
            "Sekitar {people} orang diperkirakan terdampak setiap tahun, sebagian besar tinggal jauh dari pusat layanan.",
            "Dari {villages} desa yang didata, hampir separuhnya tidak pernah didatangi petugas dalam enam bulan terakhir.",
            "Anggaran penanganan sudah ada, tetapi tersebar di beberapa kegiatan kecil yang tidak saling menyambung.",
        ),
        (
            "{name} disusun untuk mendekatkan {service} kepada {clients}, dengan sasaran yang dapat diukur setiap bulan.",
            "Tujuan {name} sederhana: {service} harus sampai kepada {clients} sebelum masalahnya membesar.",
            "Melalui {name}, {unit} ingin memastikan bahwa {service} tidak lagi bergantung pada siapa yang sedang bertugas.",
        ),
        (
            "Sasaran tahun pertama adalah {villages} desa, lalu diperluas setelah hasilnya diperiksa bersama.",
            "Targetnya ditetapkan bersama kepala desa agar tidak hanya menjadi angka di atas kertas.",
            "Hasil yang dituju dituliskan sejak awal supaya semua pihak tahu kapan cara ini harus diubah.",
        ),
    ),
    "novelty": (
        (
            "Unsur barunya terletak pada {tool}, yang dipakai bersama oleh {officer} dan {volunteer}.",
            "Yang membedakan {name} dari program sebelumnya adalah {tool} yang dipegang langsung oleh {clients}.",
            "Tidak ada alat mahal dalam inovasi ini; kebaruannya adalah cara {officer} dan {volunteer} berbagi tugas lewat {tool}.",
        ),
        (
            "Dahulu warga yang harus mencari layanan, sekarang layanan yang mencari warga dengan jadwal yang diketahui semua orang.",
            "Pembagian tugas ditulis dalam satu halaman, sehingga tidak ada urusan yang menunggu tanpa penanggung jawab.",
            "Keputusan tidak lagi menunggu rapat kabupaten karena {officer} diberi wewenang bertindak di tempat.",
        ),
        (
            "Gagasan serupa pernah dicoba di daerah lain, tetapi biasanya berhenti pada pendataan tanpa tindak lanjut.",
            "Beberapa bagian meniru praktik dari daerah tetangga, lalu disesuaikan dengan kebiasaan warga {place}.",
            "Cara ini menggabungkan tiga kegiatan yang dahulu dijalankan sendiri-sendiri oleh unit yang berbeda.",
        ),
        (
            "Warga ikut menentukan urutan prioritas, termasuk menolak kegiatan yang dianggap tidak berguna.",
            "Kemajuan ditempel di balai desa setiap bulan sehingga warga dapat menagih yang belum dikerjakan.",
            "Setiap kasus mempunyai satu nama penanggung jawab sejak ditemukan sampai selesai.",
        ),
        (
            "Kebaruan lain adalah penghargaan bagi {volunteer} yang dibayar dari dana desa, bukan sekadar ucapan terima kasih.",
            "Pertemuan bulanan dibuat singkat dan hanya membahas kasus yang macet.",
            "Data yang dikumpulkan dipakai pada hari yang sama, tidak menunggu laporan triwulan.",
        ),
    ),
    "how_it_works": (
        (
            "Langkah pertama adalah {activity_1}, yang dikerjakan {volunteer} dalam dua pekan dengan daftar isian satu halaman.",
            "Pelaksanaan dimulai dengan {activity_1} agar petugas tahu siapa yang harus didatangi lebih dahulu.",
            "Setiap awal tahun dilakukan {activity_1}, lalu hasilnya diperiksa ulang oleh {officer}.",
        ),
        (
            "Hasil pendataan dibagi ke dalam tiga tingkat risiko, dan yang paling berat ditangani dalam tujuh hari.",
            "Nama yang masuk daftar langsung dijadwalkan, dan jadwalnya diberitahukan lewat pengeras suara serta pesan singkat.",
            "Daftar itu dibaca bersama dalam pertemuan desa sehingga tidak ada keluarga yang terlewat.",
        ),
        (
            "Setelah itu berjalan {activity_2}, dengan {officer} sebagai penanggung jawab di lapangan.",
            "Inti kegiatannya adalah {activity_2}, yang dicatat dalam {tool} pada saat itu juga.",
            "Selanjutnya {officer} dan {volunteer} melaksanakan {activity_2} menurut jadwal yang ditempel di balai desa.",
        ),
        (
            "Untuk kasus yang tidak selesai di desa disediakan {activity_3} yang dikelola bersama {partner}.",
            "Bagian terakhir adalah {activity_3}, yang memastikan perubahan tidak berhenti setelah pendampingan selesai.",
            "{partner} membantu melalui {activity_3} bagi {clients} yang membutuhkan dukungan lebih lama.",
        ),
        (
            "Setiap Senin pagi kasus yang tertahan lebih dari sepekan dibicarakan, paling lama tiga puluh menit.",
            "Capaian bulanan dihitung dari {tool} dan dikirim ke {unit} selambat-lambatnya tanggal lima.",
            "{officer_cap} melaporkan kemajuan lewat satu lembar kerja bersama yang juga dapat dibuka kepala desa.",
        ),
        (
            "Bila sebuah desa tertinggal dua bulan berturut-turut, pendamping kecamatan datang dan mencari sebabnya di tempat.",
            "Keluhan warga diterima lewat kotak dan nomor telepon, dijawab paling lambat lima hari kerja.",
            "Sekali setahun seluruh langkah ditinjau, dan langkah yang tidak berguna dihapus dari prosedur.",
        ),
    ),
    "significance": (
        (
            "Dalam {months} bulan, {indicator_text}.",
            "Perubahan paling nyata tercatat pada indikator utama: {indicator_text}.",
            "Setelah berjalan penuh di {villages} desa, {indicator_text}.",
        ),
        (
            "Manfaatnya dirasakan oleh sekitar {people} orang, terutama {clients} yang sebelumnya paling jauh dari layanan.",
            "Sedikitnya {people} orang telah dilayani, dan sepertiganya belum pernah tersentuh program mana pun.",
            "Jangkauannya meluas dari {pilot} desa percontohan menjadi {villages} desa tanpa tambahan pegawai tetap.",
        ),
        (
            "Petugas juga menghemat waktu karena kunjungan tidak lagi berulang ke tempat yang sama untuk urusan berbeda.",
            "Biaya per orang turun karena kendaraan, jadwal, dan bahan dipakai bersama oleh beberapa kegiatan.",
            "Waktu yang dahulu habis untuk menyusun laporan kini dipakai untuk mendatangi warga.",
        ),
        (
            "Keluarga yang ikut menyebut kepastian jadwal sebagai perubahan yang paling membantu.",
            "Kepala desa melaporkan bahwa warga kini berani menagih layanan yang menjadi haknya.",
            "Survei kecil terhadap dua ratus warga memperlihatkan kepuasan yang naik, walaupun masih ada keluhan soal jarak.",
        ),
        (
            "Dampaknya belum merata: desa di pegunungan tertinggal sekitar satu tahun dari desa di dataran.",
            "Angka tersebut masih perlu diperiksa pihak luar karena sebagian dihitung sendiri oleh {unit}.",
            "Sumbangan inovasi ini terhadap tujuan pembangunan daerah dicatat dalam laporan kinerja tahunan.",
        ),
    ),
    "adaptability": (
        (
            "Cara ini tidak bergantung pada aplikasi tertentu; {tool} dapat dibuat dengan kertas maupun lembar kerja biasa.",
            "Daerah lain dapat memulai dari satu kecamatan dengan {volunteer} yang sudah ada.",
            "Bagian yang wajib ditiru hanya dua: pendataan yang jujur dan {activity_2} yang tepat jadwal.",
        ),
        (
            "Daerah kepulauan perlu menyesuaikan jadwal dengan musim gelombang dan menyiapkan biaya perahu.",
            "Di wilayah perkotaan, kunjungan rumah lebih baik dilakukan sore hari karena warga bekerja.",
            "Daerah berpenduduk jarang dapat menggabungkan beberapa desa menjadi satu putaran kunjungan.",
        ),
        (
            "Istilah dan nama kegiatan sebaiknya diganti dengan bahasa setempat agar warga merasa memiliki.",
            "Peraturan desa dapat dipakai sebagai dasar bila peraturan kepala daerah belum siap.",
            "Bila {partner} tidak ada di daerah peniru, perannya dapat diambil oleh organisasi perempuan atau karang taruna.",
        ),
        (
            "Perkiraan waktu persiapan adalah {months_ready} bulan, terutama untuk melatih {volunteer} dan menyepakati jadwal.",
            "Seluruh panduan, formulir, dan bahan latih tersedia sehingga peniru tidak mulai dari nol.",
            "Dua daerah telah berkunjung untuk belajar, dan pertanyaan mereka dipakai untuk memperbaiki panduan.",
        ),
        (
            "Yang tidak disarankan adalah meniru besaran target, karena keadaan awal setiap daerah berbeda.",
            "Kesalahan umum peniru adalah membeli perangkat lebih dahulu sebelum pembagian tugas disepakati.",
            "Pendampingan jarak jauh selama tiga bulan pertama terbukti cukup bagi kecamatan percontohan.",
        ),
    ),
    "resources": (
        (
            "Tim inti terdiri atas {staff} orang dari {unit}, dibantu {volunteer} di setiap desa.",
            "Pelaksana utamanya {officer} dengan dukungan {staff} orang pengelola data dan logistik.",
            "Inovasi ini dijalankan oleh {staff} pegawai yang sudah ada tanpa membuka formasi baru.",
        ),
        (
            "Biaya awal sekitar {once} terutama untuk pelatihan, pencetakan bahan, dan peralatan sederhana.",
            "Pada tahun pertama disiapkan {once} untuk pelatihan dan peralatan, sesudahnya biaya lebih ringan.",
            "Modal awal {once} berasal dari anggaran perubahan, lalu masuk ke anggaran murni.",
        ),
        (
            "Setiap tahun diperlukan sekitar {yearly} untuk transportasi, honor {volunteer}, dan bahan habis pakai.",
            "Biaya rutin sekitar {yearly} setahun ditanggung bersama oleh kabupaten dan dana desa.",
            "Pengeluaran tahunan {yearly} sebagian besar dipakai untuk perjalanan ke desa yang jauh.",
        ),
        (
            "{partner} menyumbang tenaga dan tempat, sehingga tidak semua kebutuhan dibayar dengan uang.",
            "Dunia usaha membantu bahan dalam dua tahun pertama, kemudian diambil alih anggaran daerah.",
            "Perguruan tinggi setempat menyediakan mahasiswa untuk pendataan setiap semester.",
        ),
        (
            "Peralatan yang dipakai sederhana dan dapat diperbaiki di bengkel atau toko setempat.",
            "Telepon genggam milik petugas sudah cukup, asalkan tersedia ganti pulsa yang dianggarkan.",
            "Kendaraan dipinjam bergiliran dari kecamatan sesuai jadwal yang disusun tiap bulan.",
        ),
    ),
    "sustainability": (
        (
            "Keberlanjutan dijaga dengan {regulation} yang menetapkan tugas, anggaran, dan pelaporan.",
            "Dasar hukumnya adalah {regulation}, sehingga kegiatan tidak berhenti ketika pejabat berganti.",
            "Sejak terbit {regulation}, kegiatan ini masuk ke dokumen perencanaan tahunan daerah.",
        ),
        (
            "Indikatornya dimasukkan ke perjanjian kinerja kepala {unit} dan diperiksa setiap triwulan.",
            "Anggarannya tercatat sebagai subkegiatan tersendiri, bukan titipan pada kegiatan lain.",
            "Desa menganggarkan honor {volunteer} melalui peraturan desa tentang belanja pelayanan dasar.",
        ),
        (
            "Pengetahuan petugas disimpan dalam panduan yang diperbarui setiap tahun bersama pelaksananya.",
            "Petugas baru wajib mendampingi petugas lama selama sebulan sebelum bekerja sendiri.",
            "Video pendek langkah kerja dipakai untuk melatih pengganti tanpa menunggu pelatihan resmi.",
        ),
        (
            "Dari sisi sosial, {clients} yang sudah terbantu diminta menjadi penyambung lidah bagi keluarga lain.",
            "Forum warga bertemu dua kali setahun untuk menilai apakah layanan masih dibutuhkan.",
            "Kelompok warga memegang sebagian kas sehingga kegiatan kecil tetap berjalan saat anggaran terlambat.",
        ),
        (
            "Rencana berikutnya adalah memperluas cakupan ke seluruh kecamatan dalam dua tahun.",
            "Pengembangan selanjutnya menyasar desa yang belum memiliki {volunteer} aktif.",
            "Hasil tinjauan tahunan menjadi dasar untuk menambah atau menghentikan sebuah kegiatan.",
        ),
    ),
    "challenges": (
        (
            "Tantangan terbesar adalah {volunteer} yang berganti; pada tahun pertama sepertiganya berhenti.",
            "Pada enam bulan pertama data banyak yang salah karena isian terlalu panjang.",
            "Tidak semua camat mendukung sejak awal, sehingga dua kecamatan tertinggal setahun.",
        ),
        (
            "Percobaan memakai aplikasi gagal karena jaringan lemah, lalu kembali ke kertas dan lembar kerja.",
            "Insentif sempat terlambat empat bulan, dan kegiatan di {pilot} desa terhenti.",
            "Upaya menggandeng perusahaan besar tidak berhasil karena syaratnya tidak sesuai aturan pengadaan.",
        ),
        (
            "Sebagian {clients} menolak didatangi karena malu, sehingga pendekatan lewat tokoh agama diperlukan.",
            "Ada warga yang mengira petugas membawa bantuan uang, dan kekecewaan itu sempat menyebar.",
            "Jarak dan cuaca membuat kunjungan di musim hujan hanya tercapai setengah dari rencana.",
        ),
        (
            "Kegagalan itu dibahas terbuka dan menghasilkan tiga perubahan pada prosedur.",
            "Pelaksana memperbaikinya dengan memendekkan formulir menjadi satu halaman.",
            "Setelah jadwal pembayaran dikunci dalam anggaran, keterlambatan tidak terulang.",
        ),
        (
            "Yang belum selesai adalah pendanaan desa terpencil, karena biaya perjalanannya tiga kali lipat.",
            "Masalah yang masih ada adalah berbagi data antarinstansi, yang menunggu perjanjian kerja sama.",
            "Sampai sekarang pengukuran hasil jangka panjang belum dilakukan oleh pihak luar.",
        ),
    ),
    "conditions": (
        (
            "Syarat pertama adalah pimpinan yang mau membaca laporan bulanan dan menegur yang tertinggal.",
            "Tanpa dukungan kepala daerah, pembagian tugas antardinas sulit dijalankan.",
            "Kepemimpinan camat terbukti lebih menentukan daripada besarnya anggaran.",
        ),
        (
            "Prasarana yang diperlukan sederhana: tempat bertemu, kendaraan roda dua, dan {tool}.",
            "Jalan yang dapat dilalui sepanjang tahun memudahkan, tetapi bukan syarat mutlak.",
            "Jaringan telepon dasar dibutuhkan untuk kabar darurat, sedangkan internet tidak wajib.",
        ),
        (
            "Dari sisi kebijakan diperlukan {regulation} atau sekurangnya surat tugas bersama.",
            "Peraturan harus membolehkan dana desa dipakai untuk honor {volunteer}.",
            "Standar prosedur perlu disahkan sebelum petugas turun agar tidak ragu bertindak.",
        ),
        (
            "Dibutuhkan {staff} orang yang benar-benar ditugaskan, bukan sekadar ditambahkan pada tugas lama.",
            "{officer_cap} memerlukan pelatihan tiga hari dan pendampingan pada bulan pertama.",
            "Sumber daya terpenting adalah {volunteer} yang dikenal dan dipercaya warga.",
        ),
        (
            "Nilai yang harus dijaga adalah kejujuran data, sebab angka bagus tanpa kenyataan akan terbongkar.",
            "Semangat saling membantu di desa menjadi modal yang tidak dapat dibeli.",
            "Kerahasiaan {clients} wajib dihormati, terutama di desa kecil yang semua orangnya saling mengenal.",
        ),
    ),
    "lessons": (
        (
            "Pelajaran utama: mulai dari sedikit desa, perbaiki, lalu perluas setelah cara kerjanya terbukti.",
            "Kami belajar bahwa jadwal yang pasti lebih berharga daripada layanan yang lengkap tetapi tak menentu.",
            "Mengurangi isian formulir ternyata memperbaiki mutu data lebih banyak daripada pelatihan tambahan.",
        ),
        (
            "Melibatkan {volunteer} sejak merancang membuat mereka mempertahankan cara ini ketika anggaran terlambat.",
            "Bila {clients} ikut menyusun jadwal, angka ketidakhadiran turun dengan sendirinya.",
            "{partner} sebaiknya diajak sebelum anggaran disusun, bukan sesudahnya.",
        ),
        (
            "Menyampaikan kegagalan secara terbuka justru menambah kepercayaan kepala desa.",
            "Angka yang buruk perlu ditampilkan juga, sebab dari situlah perbaikan dimulai.",
            "Laporan satu halaman dibaca pimpinan, laporan tebal tidak.",
        ),
        (
            "Bila dapat mengulang, kami akan menyiapkan dasar hukum sebelum memperluas ke kecamatan lain.",
            "Hal yang akan kami ubah adalah mengukur keadaan awal lebih teliti sebelum kegiatan dimulai.",
            "Seandainya dimulai lagi, anggaran perjalanan desa jauh akan dihitung terpisah sejak awal.",
        ),
        (
            "Bagi daerah yang hendak meniru: jangan mulai dari alat, mulailah dari satu masalah yang disepakati.",
            "Saran kami kepada peniru adalah menunjuk satu orang yang bangun pagi memikirkan urusan ini.",
            "Peniru sebaiknya datang melihat hari biasa, bukan hari peresmian.",
        ),
    ),
}

STOP_REASONS = (
    "Dihentikan karena tugasnya diambil alih sistem nasional yang mencakup layanan yang sama.",
    "Berhenti setelah anggaran tidak dialokasikan lagi dan penggagasnya pindah tugas.",
    "Dihentikan karena sasaran awal sudah tercapai dan kasus baru hampir tidak ada.",
    "Berhenti sejak aplikasi tidak lagi dipelihara; layanan kembali ke cara biasa.",
    "Dihentikan setelah penilaian menunjukkan hasilnya tidak sebanding dengan biayanya.",
)
PARTNERS = (
    "Tim Penggerak PKK",
    "Badan Amil Zakat setempat",
    "perguruan tinggi setempat",
    "karang taruna",
    "organisasi perempuan desa",
    "palang merah cabang",
    "koperasi desa",
    "forum anak",
)
# A short name and what its letters are said to stand for.
NAMES = (
    ("SIGAP", "Sistem Gerak Cepat"),
    ("GEMAS", "Gerakan Masyarakat Siaga"),
    ("PELITA", "Pelayanan Lintas Desa"),
    ("SAHABAT", "Satu Hari Bersama Petugas"),
    ("JEMPOL", "Jemput Bola"),
    ("CERIA", "Cegah Risiko Bersama"),
    ("TANGGUH", "Tanggap dan Tuntas"),
    ("RAMAH", "Ruang Mudah"),
    ("SERASI", "Sinergi Desa dan Petugas"),
    ("BERSERI", "Bergerak Seiring"),
    ("MANTAP", "Melayani dengan Tepat"),
    ("LANCAR", "Layanan Cepat dan Ringkas"),
    ("PEDULI", "Pendampingan Dusun Lestari"),
    ("GESIT", "Gerak Serentak"),
    ("AKRAB", "Ayo Kenali Risiko Bersama"),
    ("TERPADU", "Temui, Rawat, Pantau"),
    ("HARAPAN", "Hadir dan Mendampingi"),
    ("MAPAN", "Masyarakat Paham dan Nyaman"),
    ("CEKATAN", "Cek, Tangani, Laporkan"),
    ("SATU PINTU", "Satu Alur Tuntas"),
    ("PERMATA", "Pelayanan Ramah Tanpa Antre"),
    ("SIAGA", "Siap Antar Jaga"),
    ("BINA", "Bersama Ikut Menjaga"),
    ("KARISMA", "Kader Rawat Sesama"),
)
