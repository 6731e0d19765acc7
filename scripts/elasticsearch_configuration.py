"""What a server of our own is told: one node on 127.0.0.1 without security, in a folder of its own.

Standard library only.
"""

import json
import shutil
from pathlib import Path

HOST = "127.0.0.1"
# Two processors and a heap that is touched only when used: several servers fit on a small machine.
PROCESSORS = 2


def write_configuration(home: Path, folder: Path, port: int) -> None:
    """Makes `folder`/config anew from that of the distribution in `home`."""
    config = folder / "config"
    shutil.rmtree(config, ignore_errors=True)
    shutil.copytree(home / "config", config, copy_function=shutil.copyfile)
    (config / "elasticsearch-plugins.example.yml").unlink(missing_ok=True)
    (config / "elasticsearch.yml").write_text(settings(home, folder, port))
    options = (home / "config" / "jvm.options").read_text().splitlines()
    (config / "jvm.options").write_text("\n".join(without_gc_log(options)) + "\n")


def settings(home: Path, folder: Path, port: int) -> str:
    """The text of elasticsearch.yml."""
    values: dict[str, object] = {
        "cluster.name": "jippnas",
        "node.name": f"jippnas-{port}",
        "node.processors": PROCESSORS,
        "path.data": str(folder / "data"),
        "path.logs": str(folder / "logs"),
        "network.host": HOST,
        "http.port": port,
        # Nobody asks for this one: any free port.
        "transport.port": 0,
        "discovery.type": "single-node",
        # Without it a disk that is nearly full makes every index read-only.
        "cluster.routing.allocation.disk.threshold_enabled": False,
        "xpack.security.enabled": False,
        "xpack.ml.enabled": False,
    }
    # Unknown settings keep a server from starting, and the module that knows this one may be missing.
    if (home / "modules" / "ingest-geoip").is_dir():
        values["ingest.geoip.downloader.enabled"] = False
    # A JSON value is a YAML value too, whatever the path holds.
    return "".join(f"{name}: {json.dumps(value)}\n" for name, value in values.items())


def without_gc_log(options: list[str]) -> list[str]:
    """jvm.options without the log of the garbage collector: up to 2 GB that nobody reads."""
    return [line for line in options if "-Xlog:gc" not in line]


def heap_options(heap: str) -> str:
    return f"-Xms{heap} -Xmx{heap} -XX:-AlwaysPreTouch"
