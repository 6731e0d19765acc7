"""One synthetic record: everything a profile can hold, made from a random generator. The same generator state
gives the same record."""

import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from directory.choices import (
    DevelopmentPhase,
    Form,
    Initiator,
    Kind,
    OperationalStatus,
    Source,
    Stage,
)
from directory.demo.story import NAMES, PARTNERS, STOP_REASONS
from directory.demo.streams import WARNING, make_streams, random_uuid
from directory.demo.topics import SOCIAL_TOPICS, Topic
from directory.demo.topics_economy import ECONOMY_TOPICS

TOPICS = SOCIAL_TOPICS + ECONOMY_TOPICS
MARK = "data sintetis"
SOURCES = (Source.KIPP, Source.IGA, Source.LABINOV, Source.OTHER)
RANKS = {"kipp": ("Top 99", "Top 45"), "iga": ("Terinovatif", "Sangat Inovatif"), "unpsa": ("Peserta",)}


@dataclass
class Profile:
    """A record's content: `fields` for the page's columns, `streams` for its StreamFields, rows beside."""

    number: int
    topic: Topic
    fields: dict[str, Any]
    streams: dict[str, list[dict[str, Any]]]
    awards: list[tuple[str, int, str]]
    source: Source
    confirmations: list[tuple[str, str, date]] = field(default_factory=list)
    former_name: str = ""
    validated: date | None = None
    verified: date | None = None
    translation_key: uuid.UUID = field(default_factory=uuid.uuid4)


def make_profile(number: int, place: str, random: Random, today: date) -> Profile:
    """The record of a government called `place` ("Kabupaten Malang")."""
    topic = random.choice(TOPICS)
    words = _words(topic, place, random, today)
    status, reason = _status(random)
    started = date(words["year"], random.randint(1, 12), random.randint(1, 28))
    profile = Profile(
        number=number,
        topic=topic,
        fields=_fields(topic, words, random, started, status, reason),
        streams=make_streams(topic, words, random),
        awards=_awards(words["year"], random, today),
        source=random.choice(SOURCES),
        former_name=f"{random.choice(topic.objects)} {words['place']}" if random.random() < 0.3 else "",
        translation_key=random_uuid(random),
    )
    profile.confirmations = _confirmations(status, reason, random, started, today)
    if random.random() < 0.7:
        profile.validated = _between(random, started, today)
    if random.random() < 0.4:
        profile.verified = _between(random, started, today)
    return profile


def _words(topic: Topic, place: str, random: Random, today: date) -> dict[str, Any]:
    year = random.randint(2014, today.year - 1)
    name, meaning = random.choice(NAMES)
    subject = random.choice(topic.objects)
    months = random.randint(8, 30)
    indicator = random.choice(topic.indicators)
    before = random.randint(indicator.low, indicator.high)
    after = round(before * random.randint(*indicator.share) / 100)
    change = "naik" if after > before else "turun"
    text = f"{indicator.name.lower()} {change} dari {before} menjadi {after} {indicator.unit}"
    once, yearly = random.choice((4, 15, 40, 120, 350, 900, 2600)), random.choice((6, 18, 45, 110, 260))
    return {
        "name": f"{name} {subject}",
        "meaning": f"{meaning} {subject}",
        "place": place,
        "unit": f"{random.choice(topic.units)} {place}",
        "year": year,
        "before_year": year - 1,
        "problem": topic.problem,
        "cause": topic.cause,
        "effect": topic.effect,
        "service": topic.service,
        "clients": topic.clients,
        "officer": topic.officer,
        "officer_cap": topic.officer[0].upper() + topic.officer[1:],
        "volunteer": topic.volunteer,
        "tool": topic.tool,
        "partner": random.choice(PARTNERS),
        "activity_1": topic.activities[0],
        "activity_2": topic.activities[1],
        "activity_3": topic.activities[2],
        "villages": random.randint(12, 190),
        "pilot": random.randint(3, 9),
        "people": f"{random.randint(9, 480) * 100:,}".replace(",", "."),
        "staff": random.randint(3, 14),
        "months": months,
        "months_ready": random.randint(2, 12),
        "once": f"Rp{once} juta",
        "yearly": f"Rp{yearly} juta",
        "once_amount": once * 1_000_000,
        "yearly_amount": yearly * 1_000_000,
        "indicator": indicator,
        "before": before,
        "after": after,
        "indicator_text": text,
        "regulation": f"Peraturan Bupati/Wali Kota contoh nomor {random.randint(5, 90)} tahun {year + 1}",
    }


def _fields(
    topic: Topic, words: dict[str, Any], random: Random, started: date, status: str, reason: str
) -> dict[str, Any]:
    summary = (
        f"{WARNING} {words['name']} mendekatkan {topic.service} kepada {topic.clients} di {words['place']}: "
        f"{topic.officer} dan {topic.volunteer} bekerja dengan {topic.tool}."
    )
    return {
        "title": f"{words['name']} ({words['meaning']})",
        "summary": summary,
        "problem": f"{topic.problem.capitalize()} di {words['place']}: {topic.cause}; {topic.effect}.",
        "result": f"Dalam {words['months']} bulan, {words['indicator_text']}.",
        "web_address": "",
        "service_unit": words["unit"],
        "initiator": random.choice(Initiator.values),
        "partners": f"{words['partner']}; {random.choice(PARTNERS)}",
        "contact_post": f"Kepala Seksi pada {words['unit']}"[:200],
        "contact_email": f"contoh-{random.randint(1, 9999)}@example.org",
        "kind": random.choice(Kind.values),
        "form": random.choice(Form.values),
        "year": words["year"],
        "trial_date": started - timedelta(days=random.randint(60, 300)),
        "implementation_date": started,
        "stage": Stage.IMPLEMENTED if random.random() < 0.8 else random.choice(Stage.values),
        "development_phase": random.choice(DevelopmentPhase.values),
        "operational_status": status,
        "operational_status_reason": reason,
        "staff_needed": f"{words['staff']} orang: {topic.officer}, pengelola data, dan {topic.volunteer}",
        "months_to_ready": words["months_ready"],
    }


def _status(random: Random) -> tuple[str, str]:
    status = random.choices(
        (
            OperationalStatus.RUNNING,
            OperationalStatus.DEVELOPED,
            OperationalStatus.STOPPED,
            OperationalStatus.UNKNOWN,
        ),
        weights=(62, 15, 18, 5),
    )[0]
    return status, random.choice(STOP_REASONS) if status == OperationalStatus.STOPPED else ""


def _awards(year: int, random: Random, today: date) -> list[tuple[str, int, str]]:
    programmes = random.sample(sorted(RANKS), random.randint(1, 2))
    last = min(today.year, year + 3)
    return [(code, random.randint(year, last), random.choice(RANKS[code])) for code in programmes]


def _confirmations(
    status: str, reason: str, random: Random, started: date, today: date
) -> list[tuple[str, str, date]]:
    """Older ones say that it ran; the newest says what is the case."""
    if status == OperationalStatus.UNKNOWN:
        return []
    days = sorted(_between(random, started, today) for _ in range(random.randint(1, 3)))
    earlier: list[tuple[str, str, date]] = [(OperationalStatus.RUNNING, "", day) for day in days[:-1]]
    return [*earlier, (status, reason, days[-1])]


def _between(random: Random, first: date, last: date) -> date:
    return first + timedelta(days=random.randint(0, max(0, (last - first).days)))
