"""How long a download of the whole directory takes and how far memory grows, in each format.

    .venv/bin/python benchmarks/export_speed.py [--records 10000] [--light]

Works in a database of its own: a temporary SQLite file, or the empty one DATABASE_URL names (PostgreSQL),
filled by `_population.py`. Each download is a process of its own, through the address and the test client;
growth is its peak memory beyond what it had after a download of few records. `--light`: records as a list has
them, with a title, an owner, a summary, rather than full profiles of ten kilobytes.
"""

import argparse
import gc
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.development")
KINDS = ("csv", "json", "xlsx")


def peak() -> float:
    """The largest memory of this process so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def download(kind: str) -> None:
    """One download, streamed and thrown away; prints what it took, as JSON."""
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client

    settings.ALLOWED_HOSTS = ["testserver"]
    from directory.models import InnovationPage

    client, address = Client(), f"/id/inovasi/unduh/{kind}/"
    some = InnovationPage.objects.values_list("title", flat=True)[0]
    for _block in client.get(address, {"q": some}).streaming_content:
        pass
    # As the server does once it is loaded (cms/wsgi.py).
    gc.collect()
    gc.freeze()
    before = peak()
    started, size, first = time.perf_counter(), 0, 0.0
    for block in client.get(address).streaming_content:
        first = first or time.perf_counter() - started
        size += len(block)
    seconds = time.perf_counter() - started
    print(
        json.dumps(
            {
                "kind": kind,
                "seconds": round(seconds, 1),
                "first_byte": round(first, 2),
                "megabytes": round(size / 1024**2, 1),
                "growth_mb": round(peak() - before, 1),
            }
        )
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--light", action="store_true")
    parser.add_argument("--kind", choices=KINDS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.kind:
        download(options.kind)
        return
    with tempfile.TemporaryDirectory() as folder:
        environment = {"DATABASE_URL": f"sqlite:///{folder}/export.sqlite3", **os.environ}
        filling = [sys.executable, str(ROOT / "benchmarks/_population.py"), "--search"]
        filling += ["--light"] if options.light else []
        subprocess.run([*filling, "--records", str(options.records)], check=True, env=environment)
        for kind in KINDS:
            subprocess.run([sys.executable, __file__, "--kind", kind], check=True, env=environment)


if __name__ == "__main__":
    main()
