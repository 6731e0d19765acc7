"""The structured and narrative parts of a synthetic record, as StreamField rows."""

import uuid
from random import Random
from typing import Any

from directory.demo.story import SECTIONS
from directory.demo.topics import Topic

WARNING = "Data sintetis untuk peragaan, bukan inovasi sungguhan."
MONTHS = ("Januari", "Maret", "April", "Juni", "Agustus", "September", "Oktober", "November")
VILLAGES = (
    "Sukamaju",
    "Karanganyar",
    "Mekarsari",
    "Tanjung Harapan",
    "Sumberejo",
    "Bukit Indah",
    "Pasir Putih",
)
KIT_KINDS = (
    "regulation",
    "decree",
    "sop",
    "budget-plan",
    "terms-of-reference",
    "training-module",
    "source-code",
)


def make_streams(topic: Topic, words: dict[str, Any], random: Random) -> dict[str, list[dict[str, Any]]]:
    """The StreamFields by name, as the rows the database keeps."""

    values: dict[str, tuple[str, list[dict[str, Any]]]] = {
        "evidence": ("evidence", _evidence(topic, words, random)),
        "costs": ("cost", _costs(words)),
        "prerequisites": ("prerequisite", _prerequisites(topic, words)),
        "replication_kit": ("item", _kit(words, random)),
        "institutionalisation": ("item", _institutionalisation(topic, words)),
        "plan_priorities": ("priority", _priorities(topic, words)),
        "competition_categories": ("category", _categories(topic, words)),
    }
    streams = {name: [_block(kind, value, random) for value in rows] for name, (kind, rows) in values.items()}
    streams["narrative"] = [_block(name, _section(name, words, random), random) for name in SECTIONS]
    return streams


def random_uuid(random: Random) -> uuid.UUID:
    return uuid.UUID(int=random.getrandbits(128), version=4)


def _block(kind: str, value: Any, random: Random) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": str(random_uuid(random))}


def _section(name: str, words: dict[str, Any], random: Random) -> str:
    sentences = [random.choice(step).format(**words) for step in SECTIONS[name]]
    sentences.insert(random.randint(2, len(sentences)), _field_note(words, random))
    half = len(sentences) // 2
    first, second = " ".join(sentences[:half]), " ".join(sentences[half:])
    # The record says itself, where a reader begins, that it is made up.
    warning = f"<p>{WARNING}</p>" if name == "background" else ""
    return f"{warning}<p>{first}</p><p>{second}</p>"


def _field_note(words: dict[str, Any], random: Random) -> str:
    village, month = random.choice(VILLAGES), random.choice(MONTHS)
    found, done = random.randint(20, 60), random.randint(5, 19)
    notes = (
        f"Di Desa {village}, misalnya, kunjungan pada {month} {words['year']} menemukan {found} keluarga "
        f"yang belum tersentuh layanan; {done} di antaranya dilayani pekan itu juga oleh {words['officer']}.",
        f"Catatan {month} {words['year'] + 1} dari Desa {village} menyebut {found} kunjungan dan {done} "
        f"rujukan, semuanya tertulis dalam {words['tool']} sehingga dapat ditelusuri kembali.",
        f"Seorang {words['volunteer']} di Desa {village} mengurus {found} keluarga sendirian sampai {month}, "
        f"lalu wilayahnya dibagi dua agar setiap keluarga didatangi sedikitnya {done} kali setahun.",
    )
    return random.choice(notes)


def _evidence(topic: Topic, words: dict[str, Any], random: Random) -> list[dict[str, Any]]:
    rows = []
    for indicator in topic.indicators:
        before = (
            words["before"]
            if indicator is words["indicator"]
            else random.randint(indicator.low, indicator.high)
        )
        after = (
            words["after"]
            if indicator is words["indicator"]
            else round(before * random.randint(*indicator.share) / 100)
        )
        has_source = random.random() < 0.85
        rows.append(
            {
                "indicator": indicator.name,
                "baseline": str(before),
                "result": str(after),
                "unit": indicator.unit,
                "period": f"{words['before_year']}–{words['year'] + 1}",
                "method": f"Dihitung dari {words['tool']} dan diperiksa silang dengan laporan kecamatan.",
                "source": f"Laporan kinerja {words['unit']}" if has_source else "",
                "evaluator": random.choice(("owner", "owner", "external")),
                "document": None,
            }
        )
    return rows


def _prerequisites(topic: Topic, words: dict[str, Any]) -> list[dict[str, str]]:
    rows = (
        ("regulation", "Peraturan kepala daerah atau surat tugas bersama", "essential"),
        ("staff", f"{topic.officer} yang ditugaskan penuh dan {topic.volunteer} di tiap desa", "essential"),
        ("budget", f"Anggaran awal sekitar {words['once']}", "adaptable"),
        ("technology", f"{topic.tool}, dengan kertas atau lembar kerja", "adaptable"),
        ("authority", f"Kewenangan memberi {topic.service} di tingkat desa", "essential"),
    )
    return [{"kind": kind, "statement": text, "necessity": necessity} for kind, text, necessity in rows]


def _kit(words: dict[str, Any], random: Random) -> list[dict[str, Any]]:
    kinds = random.sample(KIT_KINDS, random.randint(3, 6))
    return [
        {
            "kind": kind,
            "title": f"Contoh berkas {number} {words['name']}",
            "document": None,
            "address": f"https://example.org/berkas/{number}",
            "licence": "CC BY 4.0",
            "necessity": "core" if number < 3 else "adaptable",
        }
        for number, kind in enumerate(kinds, 1)
    ]


def _costs(words: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"item": "Pelatihan dan peralatan awal", "amount": words["once_amount"], "frequency": "once"},
        {"item": "Perjalanan dan honor", "amount": words["yearly_amount"], "frequency": "yearly"},
    ]


def _institutionalisation(topic: Topic, words: dict[str, Any]) -> list[dict[str, Any]]:
    programme = f"Program {topic.service} dalam RKPD"
    rows = (("regulation", words["regulation"], 1), ("priority-programme", programme, 2))
    return [
        {"kind": kind, "title": title, "year": words["year"] + later, "document": None}
        for kind, title, later in rows
    ]


def _priorities(topic: Topic, words: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"level": "rpjmn", "statement": f"Peningkatan mutu {topic.service}"},
        {"level": "rpjmd", "statement": f"Penurunan {topic.problem} di {words['place']}"},
    ]


def _categories(topic: Topic, words: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"scheme": "KIPP", "year": words["year"], "category": f"Kelompok umum: {topic.service}"}]
