"""The distribution: found, unpacked whole or not at all, and mended when damaged."""

import json
import re
import stat
import zipfile
from pathlib import Path

import pytest

from scripts.elasticsearch_configuration import settings, without_gc_log, write_configuration
from scripts.elasticsearch_install import (
    FOLDER_IN_ARCHIVE,
    VERSION,
    InstallError,
    cache_folder,
    find_home,
    is_complete,
    unpack,
)
from scripts.environment import ROOT

FILES = {
    "bin/elasticsearch-env": "#!/bin/bash\n",
    "config/jvm.options": "-XX:+UseG1GC\n-Xlog:gc*:file=gc.log:utctime\n",
    "config/elasticsearch.yml": "# nothing\n",
    "config/log4j2.properties": "status = error\n",
    "lib/elasticsearch-9.4.3.jar": "jar",
}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "artifact.zip"
    with zipfile.ZipFile(path, "w") as file:
        for name, text in FILES.items():
            member = zipfile.ZipInfo(FOLDER_IN_ARCHIVE + name)
            member.external_attr = (0o750 if name.startswith("bin/") else 0o640) << 16
            file.writestr(member, text)
        file.writestr(FOLDER_IN_ARCHIVE + "../../outside", "hostile")
        file.writestr("sonarqube/lib/other.jar", "not wanted")
    return path


def names(home: Path) -> set[str]:
    return {str(path.relative_to(home)) for path in home.rglob("*") if path.is_file()}


def test_unpack__takes_the_distribution_alone(archive: Path, tmp_path: Path) -> None:
    home = tmp_path / "cache" / "elasticsearch"
    unpack(archive, home)
    assert names(home) == {*FILES, ".installed.json"}
    assert names(tmp_path / "cache") == {f"elasticsearch/{name}" for name in names(home)}
    assert not (tmp_path / "outside").exists()
    assert is_complete(home)


def test_unpack__every_user_can_read_it(archive: Path, tmp_path: Path) -> None:
    home = tmp_path / "elasticsearch"
    unpack(archive, home)
    assert stat.S_IMODE((home / "bin" / "elasticsearch-env").stat().st_mode) == 0o755
    assert stat.S_IMODE((home / "config" / "jvm.options").stat().st_mode) == 0o644
    assert stat.S_IMODE((home / "lib").stat().st_mode) == 0o755


@pytest.mark.parametrize("damage", ["cut short", "file gone", "manifest gone", "manifest broken"])
def test_unpack__mends_a_damaged_one(archive: Path, tmp_path: Path, damage: str) -> None:
    home = tmp_path / "elasticsearch"
    unpack(archive, home)
    if damage == "cut short":
        (home / "lib" / "elasticsearch-9.4.3.jar").write_text("j")
    elif damage == "file gone":
        (home / "config" / "jvm.options").unlink()
    elif damage == "manifest gone":
        (home / ".installed.json").unlink()
    else:
        (home / ".installed.json").write_text("[]{")
    # What a try that was cut short leaves behind.
    (tmp_path / "elasticsearch.draft" / "lib").mkdir(parents=True)
    (tmp_path / "elasticsearch.draft" / "lib" / "stale.jar").touch()
    assert not is_complete(home)
    unpack(archive, home)
    assert is_complete(home)
    assert names(home) == {*FILES, ".installed.json"}


def test_unpack__archive_without_it_leaves_what_was_there(archive: Path, tmp_path: Path) -> None:
    home = tmp_path / "elasticsearch"
    unpack(archive, home)
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as file:
        file.writestr("readme", "nothing")
    with pytest.raises(InstallError, match="holds no"):
        unpack(other, home)
    assert is_complete(home)


def test_home__named_one(archive: Path, tmp_path: Path) -> None:
    unpack(archive, tmp_path / "own")
    assert find_home({"ES_HOME": str(tmp_path / "own")}) == tmp_path / "own"


def test_home__named_one_is_none(tmp_path: Path) -> None:
    with pytest.raises(InstallError, match=f"ES_HOME={tmp_path} holds no Elasticsearch 9"):
        find_home({"ES_HOME": str(tmp_path)})


def test_cache__outside_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    assert cache_folder({"XDG_CACHE_HOME": "/srv/cache"}) == Path("/srv/cache/jippnas")
    assert cache_folder({}) == Path.home() / ".cache" / "jippnas"
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert cache_folder({"XDG_CACHE_HOME": "/root/.cache"}) == Path("/var/cache/jippnas")


def test_home__not_installed_says_how(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(InstallError, match="scripts/elasticsearch install"):
        find_home({"XDG_CACHE_HOME": str(tmp_path)})


def read(text: str) -> dict[str, object]:
    return {name: json.loads(value) for name, value in (line.split(": ", 1) for line in text.splitlines())}


def test_settings__only_this_machine_reaches_it(tmp_path: Path) -> None:
    values = read(settings(tmp_path, tmp_path / 'a "b": #c', 9200))
    assert values["network.host"] == "127.0.0.1"
    assert values["http.port"] == 9200
    assert values["path.data"] == str(tmp_path / 'a "b": #c' / "data")


def test_settings__of_a_module_only_where_it_is_known(tmp_path: Path) -> None:
    assert "ingest.geoip.downloader.enabled" not in read(settings(tmp_path, tmp_path, 9200))
    (tmp_path / "modules" / "ingest-geoip").mkdir(parents=True)
    assert read(settings(tmp_path, tmp_path, 9200))["ingest.geoip.downloader.enabled"] is False


def test_configuration__made_anew(archive: Path, tmp_path: Path) -> None:
    home, folder = tmp_path / "home", tmp_path / "server"
    unpack(archive, home)
    (folder / "config").mkdir(parents=True)
    (folder / "config" / "stale.yml").touch()
    write_configuration(home, folder, 9201)
    assert names(folder / "config") == {"jvm.options", "elasticsearch.yml", "log4j2.properties"}
    assert (folder / "config" / "jvm.options").read_text() == "-XX:+UseG1GC\n"
    assert read((folder / "config" / "elasticsearch.yml").read_text())["http.port"] == 9201


def test_options__no_log_of_the_garbage_collector() -> None:
    assert without_gc_log(["-Xss1m", "8:-Xlog:gc*:file=gc.log", "-Xlog:disable"]) == [
        "-Xss1m",
        "-Xlog:disable",
    ]


def test_compose__takes_the_same_version() -> None:
    text = (ROOT / "compose.yaml").read_text()
    assert re.findall(r"elasticsearch/elasticsearch:(\S+)", text) == [VERSION]


def test_compose__nothing_is_open_to_other_machines() -> None:
    ports = re.findall(r'^ +- "(\S+:\d+:\d+)"$', (ROOT / "compose.yaml").read_text(), re.MULTILINE)
    assert len(ports) == 2
    assert all(port.startswith("127.0.0.1:") for port in ports)
