"""The Java that Elasticsearch runs on: `python3 -m scripts.jdk` prints where it is, or what to install.

Standard library only: it runs before anything is installed.
"""

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path

MINIMUM = 21
INSTALLED = Path("/usr/lib/jvm")
HOW_TO_GET_A_JDK = (
    f"Elasticsearch needs a JDK of version {MINIMUM} or newer: apt-get install openjdk-21-jdk-headless, "
    "or name an unpacked one in ES_JAVA_HOME."
)


class NoJdkError(Exception):
    """No Java that Elasticsearch would run on; the text says what to do."""


def find_jdk(
    environment: Mapping[str, str], bundled: Path | None = None, installed: Path = INSTALLED
) -> Path:
    """The folder of a JDK that is new enough: `ES_JAVA_HOME`, `JAVA_HOME`, `bundled`, the newest installed.

    Raises `NoJdkError` when there is none, or when the one that `ES_JAVA_HOME` names is none: a wish
    that cannot be met is not passed over in silence.
    """
    if named := environment.get("ES_JAVA_HOME"):
        if java_version(Path(named)) < MINIMUM:
            raise NoJdkError(f"ES_JAVA_HOME={named} is no JDK of version {MINIMUM} or newer.")
        return Path(named)
    preferred = [Path(text) for text in [environment.get("JAVA_HOME")] if text]
    preferred += [bundled] if bundled else []
    newest_first = sorted(installed.glob("*"), key=java_version, reverse=True)
    for candidate in [*preferred, *newest_first]:
        if java_version(candidate) >= MINIMUM:
            return candidate
    raise NoJdkError(HOW_TO_GET_A_JDK)


def java_version(home: Path) -> int:
    """The main version of the Java in `home` by its `release` file; 0 when there is none."""
    try:
        release = (home / "release").read_text(errors="replace")
    except OSError:
        return 0
    version = re.search(r'^JAVA_VERSION="(\d{1,4})', release, re.MULTILINE)
    return int(version[1]) if version and os.access(home / "bin" / "java", os.X_OK) else 0


if __name__ == "__main__":
    try:
        print(find_jdk(os.environ))
    except NoJdkError as missing:
        sys.exit(str(missing))
