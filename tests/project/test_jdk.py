"""Which Java Elasticsearch runs on."""

from pathlib import Path

import pytest

from scripts.jdk import HOW_TO_GET_A_JDK, NoJdkError, find_jdk, java_version


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A folder like /usr/lib/jvm with a JDK 17."""
    make_jdk(tmp_path / "jvm" / "java-17", "17.0.12")
    return tmp_path / "jvm"


def make_jdk(home: Path, version: str) -> Path:
    (home / "bin").mkdir(parents=True)
    (home / "bin" / "java").touch(mode=0o755)
    (home / "release").write_text(f'IMPLEMENTOR="Debian"\nJAVA_VERSION="{version}"\n')
    return home


@pytest.mark.parametrize(
    ("version", "expected"),
    [("21.0.4", 21), ("25", 25), ("1.8.0_402", 1), ("", 0), ("x", 0), ("9" * 400, 9999)],
)
def test_version__of_the_release_file(tmp_path: Path, version: str, expected: int) -> None:
    assert java_version(make_jdk(tmp_path / "jdk", version)) == expected


def test_version__nothing_that_runs(tmp_path: Path) -> None:
    home = make_jdk(tmp_path / "jdk", "25.0.1")
    (home / "bin" / "java").unlink()
    assert java_version(home) == 0
    assert java_version(tmp_path / "nowhere") == 0


def test_find__too_old_ones_only(installed: Path) -> None:
    with pytest.raises(NoJdkError) as missing:
        find_jdk({"JAVA_HOME": str(installed / "java-17")}, None, installed)
    assert str(missing.value) == HOW_TO_GET_A_JDK


def test_find__newest_installed(installed: Path) -> None:
    make_jdk(installed / "java-21", "21.0.4")
    newest = make_jdk(installed / "a-25", "25.0.1")
    assert find_jdk({"JAVA_HOME": ""}, installed / "no-jdk", installed) == newest


def test_find__named_before_bundled_before_installed(installed: Path, tmp_path: Path) -> None:
    make_jdk(installed / "java-25", "25.0.1")
    named, java_home, bundled = (
        make_jdk(tmp_path / name, version) for name, version in (("n", "21"), ("h", "22"), ("b", "24"))
    )
    environment = {"ES_JAVA_HOME": str(named), "JAVA_HOME": str(java_home)}
    assert find_jdk(environment, bundled, installed) == named
    del environment["ES_JAVA_HOME"]
    assert find_jdk(environment, bundled, installed) == java_home
    assert find_jdk({}, bundled, installed) == bundled


def test_find__named_one_is_none_and_is_not_passed_over(installed: Path, tmp_path: Path) -> None:
    make_jdk(installed / "java-25", "25.0.1")
    with pytest.raises(NoJdkError, match=r"ES_JAVA_HOME=.* is no JDK"):
        find_jdk({"ES_JAVA_HOME": str(installed / "java-17")}, None, installed)
