import pytest
from hypothesis import given
from hypothesis import strategies as st

from institutions.models import Institution, InstitutionKind, InstitutionName
from institutions.recognition import OwnerRecogniser
from taxonomy.recognition import joined, words
from tests.factories.institutions import InstitutionFactory, InstitutionNameFactory
from tests.factories.taxonomy import CityFactory, RegencyFactory

UNIT_BEFORE = [
    ("Dinas Kesehatan Kab. Malang", "pemkab-35-07", "Dinas Kesehatan"),
    ("Dinas Kesehatan Kota Malang", "pemkot-35-73", "Dinas Kesehatan"),
    ("Dinkes Kab Banyuwangi", "pemkab-35-10", "Dinkes"),
    ("DINAS KESEHATAN KABUPATEN MALANG", "pemkab-35-07", "DINAS KESEHATAN"),
    ("dinas kesehatan kabupaten malang", "pemkab-35-07", "dinas kesehatan"),
    ("Dinas  Kesehatan\nKab.  Malang ", "pemkab-35-07", "Dinas Kesehatan"),
    ("Dinas Kominfo Kota Bogor", "pemkot-32-71", "Dinas Kominfo"),
    ("Dinas PUPR Kabupaten Ogan Komering Ulu Timur", "pemkab-16-08", "Dinas PUPR"),
    ("Satuan Polisi Pamong Praja Kota Bandar Lampung", "pemkot-18-71", "Satuan Polisi Pamong Praja"),
    ("BPBD Kabupaten Lombok Utara", "pemkab-52-08", "BPBD"),
    ("Sekretariat DPRD Kota Tangerang Selatan", "pemkot-36-74", "Sekretariat DPRD"),
    ("Badan Kepegawaian Daerah Provinsi Sumatra Barat", "pemprov-13", "Badan Kepegawaian Daerah"),
    ("Rumah Sakit Umum Daerah Kabupaten Sidoarjo", "pemkab-35-15", "Rumah Sakit Umum Daerah"),
    ("SD Negeri 1 Ngada, Kabupaten Ngada", "pemkab-53-09", "SD Negeri 1 Ngada"),
    ("Bappeda Provinsi Kep. Riau", "pemprov-21", "Bappeda"),
    ("Dinas Kehutanan Provinsi Papua Barat Daya", "pemprov-96", "Dinas Kehutanan"),
    ("Dinas Pariwisata D.I. Yogyakarta", "pemprov-34", "Dinas Pariwisata"),
    ("Dinas Sosial DIY", "pemprov-34", "Dinas Sosial"),
    ("Dinas Sosial Provinsi Babel", "pemprov-19", "Dinas Sosial"),
    ("Dinas Pendidikan Banyuwangi", "pemkab-35-10", "Dinas Pendidikan"),
    ("Dinas Pendidikan Jawa Timur", "pemprov-35", "Dinas Pendidikan"),
    ("Dinas Pendidikan Kabupaten Bantul, Provinsi DIY", "pemkab-34-02", "Dinas Pendidikan"),
    ("Dinas Pendidikan Kabupaten Bantul DI Yogyakarta", "pemkab-34-02", "Dinas Pendidikan"),
    (
        "Dinas Pendidikan, Kepemudaan dan Olahraga Kota Bima",
        "pemkot-52-72",
        "Dinas Pendidikan, Kepemudaan dan Olahraga",
    ),
    ("Pemerintah Kabupaten Bantul melalui Dinas Kesehatan", "pemkab-34-02", "Dinas Kesehatan"),
    ("Pemerintah Desa Panggungharjo, Kabupaten Bantul", "pemkab-34-02", "Pemerintah Desa Panggungharjo"),
    ("RSJ Magelang, Pemerintah Provinsi Jawa Tengah", "pemprov-33", "RSJ Magelang"),
    ("RSUD Kota Yogyakarta, Pemerintah Kota Yogyakarta", "pemkot-34-71", "RSUD Kota Yogyakarta"),
    ("Puskesmas Kota Selatan, Pemerintah Kota Gorontalo", "pemkot-75-71", "Puskesmas Kota Selatan"),
    ("Puskesmas Kecamatan Cengkareng, Kota Jakarta Barat", "pemkot-31-73", "Puskesmas Kecamatan Cengkareng"),
    ("Balai Besar Rehabilitasi, Kementerian Sosial RI", "kemensos", "Balai Besar Rehabilitasi"),
    (
        "Kantor Pertanahan Kabupaten Sleman, Kementerian ATR/BPN",
        "atr-bpn",
        "Kantor Pertanahan Kabupaten Sleman",
    ),
    ("Kantor Kementerian Agama Kabupaten Bantul", "kemenag", "Kantor Kementerian Agama Kabupaten Bantul"),
    ("BPS Kota Bogor", "bps", "BPS Kota Bogor"),
    ("Badan Narkotika Nasional Kabupaten Malang", "bnn", "Badan Narkotika Nasional Kabupaten Malang"),
    ("Satlantas Polres Madiun", "polres-madiun", "Satlantas"),
    ("Polres Bintan, Polda Kepri", "polda-21", "Polres Bintan"),
    ("DKI Jakarta - Puskesmas Senen, Dinas Kesehatan", "pemprov-31", "Puskesmas Senen, Dinas Kesehatan"),
    ("Kalimantan Selatan – Rumah Sakit Umum Daerah Ulin", "pemprov-63", "Rumah Sakit Umum Daerah Ulin"),
    ("Jawa Timur - Dinas Perkebunan", "pemprov-35", "Dinas Perkebunan"),
    ("Kabupaten Tulungagung – RSUD dr. Iskak", "pemkab-35-04", "RSUD dr. Iskak"),
    ("Kementerian Sosial - Balai Kartini", "kemensos", "Balai Kartini"),
    ("RSUD dr. Iskak Kabupaten Tulungagung", "pemkab-35-04", "RSUD dr. Iskak"),
    (
        "Puskesmas Muara Bangkahulu, Dinas Kesehatan Kota Bengkulu",
        "pemkot-17-71",
        "Puskesmas Muara Bangkahulu, Dinas Kesehatan",
    ),
    (
        "Kelurahan Darat Sekip, Kecamatan Pontianak Kota, Kota Pontianak",
        "pemkot-61-71",
        "Kelurahan Darat Sekip, Kecamatan Pontianak Kota",
    ),
    ("Kecamatan Kota Utara, Kota Gorontalo", "pemkot-75-71", "Kecamatan Kota Utara"),
    ("Puskesmas Kota Wates, Kabupaten Kulon Progo", "pemkab-34-01", "Puskesmas Kota Wates"),
    ("Bidang Gizi Dinas Kesehatan Kab. Sikka", "pemkab-53-07", "Bidang Gizi Dinas Kesehatan"),
    (
        "UPT Puskesmas Sungai Pancur Dinas Kesehatan, Pengendalian Penduduk Kota Batam",
        "pemkot-21-71",
        "UPT Puskesmas Sungai Pancur Dinas Kesehatan, Pengendalian Penduduk",
    ),
    ("Dinas Kesehatan Kab Bima NTB", "pemkab-52-06", "Dinas Kesehatan"),
    ("Dinas Kesehatan Kab. Aceh Barat Daya (Abdya)", "pemkab-11-12", "Dinas Kesehatan"),
    ("Dinas Kesehatan Kab. Kepulauan Sitaro", "pemkab-71-09", "Dinas Kesehatan"),
    ("Kanwil Kementerian Agama Provinsi Bali", "kemenag", "Kanwil Kementerian Agama Provinsi Bali"),
    ("Rumah Sakit UNS", "universitas-sebelas-maret", "Rumah Sakit"),
]

WHOLE = [
    ("Pemkab Solok", "pemkab-13-02"),
    ("Pemkab Mentawai", "pemkab-13-09"),
    ("Kab. Kep. Meranti", "pemkab-14-10"),
    ("Pemerintah Kabupaten Bima - NTB", "pemkab-52-06"),
    ("Pemerintah Kota Solok", "pemkot-13-72"),
    ("Kabupaten Solok Selatan", "pemkab-13-11"),
    ("Pemkab Lampung Selatan", "pemkab-18-01"),
    ("Pemkot Banjar", "pemkot-32-79"),
    ("Pemerintah Kota Banjarbaru", "pemkot-63-72"),
    ("Pemerintah Kota Banjar Baru", "pemkot-63-72"),
    ("Pemerintah Kabupaten Banjar", "pemkab-63-03"),
    ("Pemerintah Kabupaten Kota Baru", "pemkab-63-02"),
    ("Pemerintah Kabupaten Lima Puluh Kota", "pemkab-13-07"),
    ("Pemerintah Kab. Gunung Kidul", "pemkab-34-03"),
    ("Pemerintah Kabupaten Batu Bara", "pemkab-12-19"),
    ("Pemerintah Kota Batu", "pemkot-35-79"),
    ("Pemerintah Kabupaten Toba Samosir", "pemkab-12-12"),
    ("Pemerintah Kabupaten Fakfak", "pemkab-92-03"),
    ("Pemerintah Kabupaten Tojo Una-Una", "pemkab-72-09"),
    ("Pemprov Papua", "pemprov-91"),
    ("Provinsi Papua Barat", "pemprov-92"),
    ("Provinsi Papua Barat Daya", "pemprov-96"),
    ("Pemerintah Aceh", "pemprov-11"),
    ("Pemerintah Daerah Istimewa Yogyakarta", "pemprov-34"),
    ("Pemda DIY", "pemprov-34"),
    ("Pemprov DKI Jakarta", "pemprov-31"),
    ("Pemerintah Propinsi Sulsel", "pemprov-73"),
    ("Pemkab Pangkep", "pemkab-73-10"),
    ("Banyuwangi", "pemkab-35-10"),
    ("Kementerian PAN-RB", "kemenpanrb"),
    ("KemenPANRB", "kemenpanrb"),
    ("Kementerian Hukum", "kemenkum"),
    ("Kementerian Hukum dan HAM", "kemenkumham"),
    ("Kementerian Kehutanan", "kemenhut"),
    ("KLHK", "klhk"),
    ("PT Angkasa Pura II (Persero)", "angkasa-pura-ii"),
    ("LAN", "lan"),
    ("Universitas Gajah Mada", "universitas-gadjah-mada"),
    ("Polda Papua Barat", "polda-92"),
]

NEAR_MISSES = [
    "",
    "   ",
    "-",
    "Dinas Kesehatan Malang",
    "Dinas Pendidikan Gorontalo",
    "Dinas Pendidikan Jambi",
    "Dinas Sosial Yogyakarta",
    "Malang",
    "Kabupaten/Kota Bandung",
    "Pemerintah Daerah Bandung",
    "Kabupaten Lampung",
    "Kabupaten Solok Seltan",
    "Kabupaten Papua Barat Daya",
    "Kota Padang Pariaman",
    "Kabupaten Surabaya",
    "Provinsi Papua Barat Laut",
    "Kabupaten Antah Berantah, Provinsi Jawa Timur",
    "Dinas Kesehatan Kabupaten Antah Berantah, Provinsi Jawa Timur",
    "Dinas Kesehatan Kabupaten Malang, Provinsi Jawa Barat",
    "Dinas Kesehatan Kabupaten Malang dan Kota Malang",
    "Pemerintah Kabupaten Malang, Pemerintah Kota Malang",
    "Dinas Kesehatan Kabupaten Malang, Pemerintah Kota Malang",
    "Dinas Sosial Kota Bogor, Kementerian Sosial",
    "Pemerintah Kabupaten Bantul dan Kementerian Sosial",
    "Kementerian Sosial, Kementerian Agama",
    "Cabang Dinas Pendidikan Wilayah Jember",
    "RSUD Ulin Banjarmasin",
    "RSUD Pagelaran, Jawa Barat",
    "Puskesmas Gitik, Provinsi Jawa Timur",
    "SMA Negeri 1 Bantul, Kabupaten Bantul",
    "SMKN 2 Kota Malang",
    "RS Siloam, Kota Tangerang",
    "SD Muhammadiyah 1, Kota Yogyakarta",
    "Dinas Tata Kota Malang",
    "UPT Imigrasi Kota Malang",
    "Badan Penjaminan Mutu Kota Malang",
    "UPT Karantina, Kota Malang",
    "Dinas Perikanan UPT Banyuwangi",
    "Polres Madiun, Kota Madiun",
    "Sanggar Seni lan",
    "Cabang Dinas Pendidikan Wilayah Kabupaten Jember",
    "Dinas Sosial, Jalan Raya Kota Bogor",
    "Dinas Kesehatan di Yogyakarta",
    "Dinas Kehutanan di Banyuwangi",
    "Malang - Dinas Kesehatan",
    "Jawa Barat - RS Siloam",
    "Jawa Barat - Puskesmas Sehat",
    "Dinas Kesehatan Kota Utara, Kota Gorontalo",
    "Kantor Imigrasi Kelas I Kota Malang",
    "Pengadilan Negeri Kabupaten Sleman",
    "PDAM Kota Malang",
    "Balai Penjaminan Mutu Pendidikan Provinsi Jawa Tengah",
    "BPVP Kabupaten Bantaeng",
    "Yayasan Sosial, Kota Bogor",
    "Badan Usaha Milik Desa Maju, Kabupaten Bantul",
    "Polres Madiun Kota",
    "Polres Malang",
    "Polda Papua Tengah",
    "Universitas Indonesia Timur",
    "Universitas Negeri Malang",
    "Bank Indonesia Syariah",
    "PT Pertamina Hulu Rokan",
    "Kementerian Hukum dan Keadilan",
    "Kementerian Keajaiban",
    "KKP Kelas I Tanjung Priok",
    "jalan lan sungai",
    "Indonesia",
    "Pemerintah",
    "Pemerintah Kabupaten",
    "Kota",
]


@pytest.mark.parametrize(("text", "code", "unit"), UNIT_BEFORE)
def test_owner__with_the_office_that_runs_it(owners, text, code, unit):
    owner = owners.recognise(text)
    assert (owner.institution and owner.institution.code) == code
    assert owner.unrecognised == ""
    assert owner.service_unit == unit


@pytest.mark.parametrize(("text", "code"), WHOLE)
def test_owner__alone(owners, text, code):
    owner = owners.recognise(text)
    assert (owner.institution and owner.institution.code, owner.service_unit) == (code, "")


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_owner__not_certain_is_not_recognised_but_kept(owners, text):
    owner = owners.recognise(text)
    assert owner.institution is None
    assert owner.region is None
    assert owner.unrecognised == " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "province", "code"),
    [
        ("Dinas Kesehatan Banjar", "63", "pemkab-63-03"),
        ("Dinas Kesehatan Banjar", "32", "pemkot-32-79"),
        ("Dinas Kesehatan Malang", "35", None),
        ("Dinas Kesehatan Banjar", "35", None),
        # An old record names the province of its time; the name with its kind is certain by itself.
        ("Pemerintah Kabupaten Merauke", "91", "pemkab-93-01"),
    ],
)
def test_owner__province_settles_a_shared_name(owners, text, province, code):
    owner = owners.recognise(text, owners.regions.by_code(province))
    assert (owner.institution.code if owner.institution else None) == code


@pytest.mark.parametrize(
    ("text", "province", "region"),
    [
        ("Balai Kartini, Kementerian Sosial", "33", "33"),
        ("Balai Kartini, Kementerian Sosial", None, None),
        ("Polresta Sidoarjo", None, "35.15"),
        ("Dinas Kesehatan Kota Malang", "32", "35.73"),
    ],
)
def test_region__is_the_owners_or_for_national_bodies_the_given_one(owners, text, province, region):
    owner = owners.recognise(text, owners.regions.by_code(province) if province else None)
    assert (owner.region.code if owner.region else None) == region


@pytest.mark.parametrize(
    "kind", ["Kabupaten {}", "Kab. {}", "KAB {}", "Pemkab {}", "Pemerintah Kab. {}", " kabupaten  {} "]
)
@pytest.mark.parametrize("name", ["Malang", "Solok", "Bone", "Batu Bara", "Kepulauan Sula"])
@pytest.mark.parametrize("change", [str, str.upper, str.lower])
def test_owner__spelling_of_the_kind_changes_nothing(owners, kind, name, change):
    plain = owners.recognise(f"Pemerintah Kabupaten {name}").institution
    assert plain is not None
    assert owners.recognise(change(kind.format(name))).institution == plain


def test_every_regional_government__is_recognised_by_its_own_name(owners, django_db_blocker):
    governments = owners._bodies.governments.values()
    assert len(governments) == 552
    assert [g.name for g in governments if owners.recognise(g.name).institution != g] == []
    assert [g.name for g in governments if owners.recognise(f"Dinas Sosial, {g.name}").institution != g] == []


@given(st.text(max_size=300))
def test_owner__no_text_raises(owners, text):
    owner = owners.recognise(text)
    assert (owner.institution is None) == bool(owner.unrecognised or not text.strip())


WORDS = st.sampled_from(
    sorted(
        words(
            """Pemerintah Kabupaten Kab. Kota Provinsi Dinas Kesehatan Puskesmas RSUD Solok Selatan Papua
            Barat Daya Malang Banjar Baru Jawa Timur Kementerian Sosial Hukum dan HAM Polres Polda Madiun
            Universitas Indonesia PT Angkasa Pura I II BPS LAN , ; ( ) - Pemkab Pemkot DIY DKI Jakarta
            Balai UPTD Bone Riau Kepulauan Lampung Agama RI"""
        )
    )
)


@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_owner__is_only_one_whose_name_is_in_the_text(owners, text):
    owner = owners.recognise(text)
    if owner.institution is None:
        return
    institution = owner.institution
    said = joined(text)
    if institution.kind in (InstitutionKind.PROVINCE, InstitutionKind.REGENCY, InstitutionKind.CITY):
        names = [institution.region.short_name, institution.region.name_id, *institution.region.abbreviations]
    else:
        names = [name for name, ids in owners._bodies._by_name.items() if institution.pk in ids]
    assert any(joined(name) in said for name in names)


@pytest.mark.parametrize(
    "text", ["Aru " * 240, "Kota " * 190, "Pemerintah Kabupaten " * 40, "(" * 999, "x" * 200_000]
)
def test_owner__hostile_text_is_answered(owners, text):
    assert owners.recognise(text).institution is None


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 40])
def test_recogniser__is_built_with_three_queries(django_assert_num_queries, size):
    for number in range(size):
        InstitutionFactory(region=CityFactory(code=f"35.{number + 10}"), kind=InstitutionKind.CITY)
        InstitutionNameFactory()
    with django_assert_num_queries(3):
        OwnerRecogniser.from_database().recognise("Dinas Kesehatan Kota Malang")


@pytest.mark.django_db
def test_recogniser__knows_names_added_in_the_admin():
    museum = InstitutionFactory(name="Museum Nasional Indonesia")
    InstitutionName.objects.create(institution=museum, name="Museum Gajah")
    owner = OwnerRecogniser.from_database().recognise("Unit Koleksi, Museum Gajah")
    assert (owner.institution, owner.service_unit) == (museum, "Unit Koleksi")


@pytest.mark.django_db
def test_recogniser__name_of_two_institutions_is_nobodys():
    InstitutionFactory(name="Balai Karya")
    InstitutionFactory(name="Balai Karya")
    assert OwnerRecogniser.from_database().recognise("Balai Karya").institution is None


@pytest.mark.django_db
def test_recogniser__region_without_a_government_is_not_recognised():
    RegencyFactory()
    assert not Institution.objects.exists()
    assert OwnerRecogniser.from_database().recognise("Kabupaten Malang").unrecognised == "Kabupaten Malang"
