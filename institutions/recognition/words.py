"""Which words tell what kind of office a phrase names."""

import re
from collections.abc import Sequence

from taxonomy.recognition import Token, words

# Organs of a regional government: with a region's name they name that government.
ORGANS = words(
    """dinas badan bagian biro inspektorat sekretariat setda setwan satpol balitbang balitbangda
    balitbangkab bakesbangpol kesbangpol bkd bkpsdm bkpp bkppd bkad bpkad dlh dlhk dkp dpu dukcapil"""
)
ORGAN_ACRONYM = re.compile(r"dp\d*[a-z][a-z0-9]*|bp\d*[a-z][a-z0-9]*|(?:dis|din)[a-z]{3,}|bap[a-z]+")
# Offices of a region, often named after the place where they stand. What may as well be private or the
# state's ("RS", "Klinik", "SD") is not among them.
FACILITIES = words(
    """puskesmas pkm rsud rsjd kecamatan kelurahan upt uptd uptb upts uobk labkesda sdn smpn desa kampung
    nagari mpp posyandu kph"""
)
# The same, said in two words: "SD Negeri", "Pemerintah Desa".
FACILITY_PAIRS = {
    "sd": words("negeri"),
    "smp": words("negeri"),
    "tk": words("negeri pembina"),
    "mal": words("pelayanan"),
    "pemerintah": words("desa kecamatan kelurahan nagari kampung"),
}
ORGAN_PAIRS = {"satuan": words("polisi")}
# "Badan Usaha Milik Desa" is no organ of the government.
NO_ORGAN_PAIRS = {"badan": words("usaha amil")}
PUBLIC_HOSPITAL = re.compile(r"rumah sakit (?:\w+ )?daerah\b")
# They belong to a regency or a city; only Jakarta has them at the province.
LOCAL_ONLY = words("""puskesmas pkm kecamatan kelurahan desa nagari kampung sdn smpn""")
# They belong to a province, whatever place their name says.
PROVINCIAL_ONLY = words("""sma sman smk smkn slb slbn""")
# Offices of the state and of companies: a region's name beside them says only where they are.
VERTICAL = words(
    """penjaminan karantina pom bbpom imigrasi lapas rutan pengadilan kejaksaan kejari kejati polres
    polresta polrestabes polsek polda kepolisian polri kodim korem kodam lanal lanud tni kpp kppn
    bea cukai pertanahan kua man mtsn min kanwil stasiun bandara pelabuhan pdam perumda bumd bumn
    bank pt cv perum persero perusahaan yayasan universitas institut politeknik poltekkes stikes
    akademi ikatan pmi baznas kpu bawaslu panwaslu bpjs bps bpn bpk bpkp bpom bnn bnnp bnnk bptp
    bptd bpdas bpjn bpvp bpmp bpsdmp bpth bppsdmp bppmp bppp bpbap bpspl bpkh bpbl bpsplm bpks bpsk
    bsip bksda bbksda bbws bws lpmp bgp bbgp lpp rri tvri rsup loka sentra nasional negara besar
    kementerian kemen bandar"""
) | words("""bhayangkara kanim rupbasan bapas imipas kplp ksop upbu bmkg basarnas bpkn bp3mi bp2mi""")
NOT_AN_ACRONYM = VERTICAL | words(
    """distrik disabilitas diskusi distribusi display dinamika dinasti bapak baptis bapas dinding"""
)
# Bare names are trusted only in "Dinas Kesehatan Banyuwangi", never where an office of another level may
# stand in a place.
NOT_BARE = words("uptd upt uptb balai unit regional sub subdinas rayon")
# Beside these a region says only where: "Cabang Dinas Pendidikan Wilayah Jember" is the province's.
WHERE = words("cabang cab cabdin wilayah korwil jl jln jalan gedung komplek kompleks alamat")
# Names of national bodies may be followed by these; anything else may belong to another body's name
# ("Universitas Indonesia Timur").
MAY_FOLLOW_NATIONAL = words(
    """ri republik persero tbk kantor kanwil wilayah cabang perwakilan regional daerah direktorat ditjen
    deputi pusat balai unit melalui via cq bekerja bersama"""
)
CONNECTORS = re.compile(r"^(?:melalui|via|cq\.?|c\.q\.?|pada|di|oleh)\s+", re.IGNORECASE)


def is_organ(tokens: Sequence[Token], head: int) -> bool:
    """Whether the office whose name begins with word `head` is an organ of a regional government."""
    word, following = tokens[head].word, _word(tokens, head + 1)
    if following in NO_ORGAN_PAIRS.get(word, ()):
        return False
    if word in ORGANS or following in ORGAN_PAIRS.get(word, ()):
        return True
    return word not in NOT_AN_ACRONYM and ORGAN_ACRONYM.fullmatch(word) is not None


def is_facility(tokens: Sequence[Token], head: int) -> bool:
    """Whether the office whose name begins with word `head` is an office of a region."""
    word, following = tokens[head].word, _word(tokens, head + 1)
    if word in FACILITIES or following in FACILITY_PAIRS.get(word, ()):
        return True
    return PUBLIC_HOSPITAL.match(" ".join(token.word for token in tokens[head : head + 4])) is not None


def _word(tokens: Sequence[Token], position: int) -> str:
    return tokens[position].word if position < len(tokens) else ""
