import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from search import evaluation
from search.types import SearchEngine
from tests.factories.search import document, innovations, store

DATA = Path(__file__).resolve().parents[2] / "search" / "data"
HELDOUT = Path(__file__).parent / "heldout.json"


@pytest.mark.parametrize(
    ("titles", "judgements", "expected"),
    [
        # (3/log2(2)) / (3/log2(2))
        (["a"], {"a": 2}, 1.0),
        ([], {"a": 2}, 0.0),
        (["x"], {"a": 2}, 0.0),
        # found second: 1/log2(3)
        (["x", "a"], {"a": 2}, 0.6309),
        # 1/1 + 3/1.58496 = 2.8928 against 3/1 + 1/1.58496 = 3.6309
        (["b", "a"], {"a": 2, "b": 1}, 0.7967),
        # only the first of two: 3 against 3 + 3/1.58496 = 4.8928
        (["a"], {"a": 2, "b": 2}, 0.6131),
        # beyond the tenth nothing counts
        ([*"bcdefghijk", "a"], {"a": 2}, 0.0),
        # the ideal is cut at ten: twelve judged, ten found
        ([*"abcdefghij"], dict.fromkeys("abcdefghijkl", 1), 1.0),
        (["a"], {}, 0.0),
    ],
)
def test_ndcg__by_hand(titles: list[str], judgements: dict[str, int], expected: float) -> None:
    assert evaluation.ndcg(titles, judgements) == pytest.approx(expected, abs=1e-4)


def test_evaluation__means_by_kind_and_queries_without_results() -> None:
    def outcome(kind: str, score: float, *titles: str) -> evaluation.Outcome:
        return evaluation.Outcome(evaluation.Judged(kind + "?", "id", kind, {}), titles, score)

    result = evaluation.Evaluation((outcome("a", 1.0, "x"), outcome("b", 0.0), outcome("a", 0.5, "y")))
    assert result.by_kind() == {"a": (0.75, 2), "b": (0.0, 1)}
    assert result.overall == 0.5
    assert result.without_results == ("b?",)
    assert evaluation.Evaluation().overall == 0.0


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "cannot be read as JSON"),
        ("{}", "must hold a list"),
        ("[1]", "entry 1: must be an object"),
        ('[{"query": "", "judgements": {}}]', "entry 1: “query” must be a text"),
        ('[{"query": "a", "judgements": {"t": 3}}]', "entry 1: “judgements” must give"),
        ('[{"query": "a"}]', "entry 1: “judgements” must give"),
    ],
)
def test_read__bad_file_says_what_is_wrong(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "judged.json"
    path.write_text(content)
    with pytest.raises(ValueError, match=message):
        evaluation.read(path)
    with pytest.raises(CommandError, match=message):
        call_command("evaluate_search", judgements=path)


@pytest.mark.django_db
def test_command__prints_kinds_and_overall(tmp_path: Path) -> None:
    store(document("Bank sampah"), document("Rumah kedelai"))
    path = tmp_path / "judged.json"
    entries = [
        {"query": "sampah", "language": "id", "kind": "topic", "judgements": {"Bank sampah": 2}},
        {"query": "qqqqq", "language": "id", "kind": "typo", "judgements": {"Bank sampah": 2}},
    ]
    path.write_text(json.dumps(entries))
    out = StringIO()
    call_command("evaluate_search", judgements=path, stdout=out)
    lines = [" ".join(line.split()) for line in out.getvalue().splitlines()]
    assert lines == [
        "topic 1.000 (1 queries)",
        "typo 0.000 (1 queries)",
        "overall 0.500 (2 queries)",
        "without results: 1",
        "qqqqq",
    ]


def test_command__unknown_engine() -> None:
    with pytest.raises(CommandError, match="No search engine “nope”"):
        call_command("evaluate_search", judgements=DATA / "relevance.json", engine="nope")


@pytest.mark.django_db
@pytest.mark.parametrize("path", [DATA / "relevance.json", HELDOUT], ids=["development", "held out"])
def test_relevance__over_the_121_innovations(
    engine: SearchEngine, supplied_synonyms: None, path: Path
) -> None:
    store(*innovations())
    result = evaluation.evaluate(engine, evaluation.read(path))
    assert result.without_results == ()
    assert result.overall >= 0.9
    assert min(score for score, _ in result.by_kind().values()) >= 0.8
    languages = {language: score for language, (score, _number) in result.by_language().items()}
    assert set(languages) == {"id", "en"}
    assert languages["en"] >= languages["id"] - 0.05
