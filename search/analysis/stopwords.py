"""Words that say little. They are never dropped from an index; they only count less in a query."""

# Function words, Indonesian and English.
STOPWORDS = frozenset(
    """
    ada adalah agar akan aku anda apa apakah atas atau bagaimana bagi bahwa banyak beberapa begitu belum
    bila bisa boleh buat bukan cara dalam dan dapat dari dengan di dia dimana guna hal hanya harus
    hingga ia ialah ini itu jadi jika juga kah kalau kami kamu kapan karena ke kepada kita lagi lain
    lalu lewat maka mana mau masih melalui mengapa mereka merupakan mohon namun nya oleh pada para per
    perlu pernah pun saat saja saling sama sampai sangat saya sebab sebagai secara sedang sehingga
    selain seluruh semua seperti serta setiap si siapa sini situ sudah supaya tak tanpa tapi telah
    tentang terhadap terkait tersebut tetapi tiap tidak tolong untuk ya yaitu yakni yang a about all an
    and any are as at be by can do does for from get has have how i if in into is it its me my no not of
    on or our so some that the their them there these they this to us was we were what when where which
    who why will with you your
    """.split()  # noqa: SIM905 (a list this long is read as prose)
)

# What nearly every record here is about: such a word alone does not make a result.
WEAK = frozenset(
    """
    inovasi inovatif program kegiatan proyek layanan pelayanan melayani publik umum sistem aplikasi
    informasi berbasis upaya peningkatan meningkatkan pengembangan pengelolaan penanganan pembinaan
    penyelenggaraan pelaksanaan penerapan penguatan pemanfaatan pemerintah pemerintahan daerah dinas
    badan kantor instansi unit masyarakat warga angka tingkat jumlah kualitas mutu bidang urusan masalah
    solusi terpadu terintegrasi manajemen strategi model metode contoh bantuan membantu cara cepat mudah
    orang kabupaten provinsi kab prov pemkab pemkot pemprov pemda pemdes
    membuat pembuatan mengurus urus mencari cari ngurus bikin baru kecil besar innovation
    innovations program programme project service services public government system management people
    community improving improvement improve care support local
    """.split()  # noqa: SIM905 (a list this long is read as prose)
)


def significance(word: str) -> float:
    """How much a folded word of a query counts: 1, less for a weak one, 0 for a function word."""
    if word in STOPWORDS:
        return 0.0
    return 0.3 if word in WEAK else 1.0
