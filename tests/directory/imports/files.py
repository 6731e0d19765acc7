"""Files of the national sources, written as their owners write them."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

KIPP_ROW = {
    "id": "K-1",
    "judul": "Kemitraan Bidan dan Dukun",
    "instansi": "Pemerintah Kabupaten Banyuwangi",
    "upp": "Puskesmas Gitik",
    "provinsi": "Jawa Timur",
    "kabupaten_kota": "Kab. Banyuwangi",
    "tahun": 2020,
    "kelompok": "Umum",
    "kategori": "Kesehatan",
    "peringkat": "Top 99",
    "ringkasan": "Bidan dan dukun bekerja bersama.",
    "latar_belakang": "Banyak ibu bersalin pada dukun.\nAngka kematian tinggi.",
    "kebaruan": "Dukun menjadi mitra.",
    "implementasi": "1. Perjanjian.\n2. Rujukan.",
    "signifikansi": "Nyawa ibu.",
    "adaptabilitas": "Mudah ditiru.",
    "sumber_daya": "Dua bidan.",
    "strategi_keberlanjutan": "Peraturan bupati.",
    "sdgs": "3. Kehidupan Sehat dan Sejahtera; 5",
    "tautan": "https://example.org/kipp/1",
}
IGA_ROW = {
    "id": "7001",
    "nama_inovasi": "Sampah Jadi Berkah",
    "nama_pemda": "Kabupaten Banyuwangi",
    "inisiator": "ASN",
    "jenis": "Non Digital",
    "bentuk": "Inovasi pelayanan publik",
    "urusan": "Urusan Kesehatan",
    "rancang_bangun": "Bank sampah di tiap dusun.",
    "tujuan": "Dusun bersih.",
    "manfaat": "Warga menabung.",
    "hasil": "Sampah turun 40 persen.",
    "waktu_uji_coba": "12 Januari 2020",
    "waktu_penerapan": "01/03/2020",
    "tahapan": "Penerapan",
    "skor": "87",
}
LABINOV_ROW: dict[str, Any] = {
    "id": 55,
    "judul": "Rumah Data Desa",
    "tahun": 2021,
    "inovator": "Siti",
    "unit_kerja": "Dinas Komunikasi dan Informatika",
    "instansi": "Pemerintah Kabupaten Banjarnegara",
    "kabkot": "Banjarnegara",
    "deskripsi": "Data desa dalam satu rumah.",
    "sdgs": ["SDG 16", "SDG 3"],
    "agency_id": 9,
}


def write_xlsx(path: Path, rows: Iterable[dict[str, Any]], header: Sequence[str] = tuple(KIPP_ROW)) -> Path:
    book = Workbook()
    sheet = book.active
    sheet.append([*header])
    for row in rows:
        sheet.append([row.get(name) for name in header])
    book.save(path)
    return path


def write_json(path: Path, rows: Any) -> Path:
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    return path
