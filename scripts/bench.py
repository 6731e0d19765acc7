"""`make bench`: every benchmark of benchmarks/, one after the other; names as arguments choose some.

Each makes its own temporary database. What the numbers mean is in docs/benchmarks.md.
"""

import os
import subprocess
import sys

from scripts.environment import ROOT


def main(names: list[str]) -> int:
    known = {path.stem: path for path in sorted((ROOT / "benchmarks").glob("[a-z]*.py"))}
    if unknown := set(names) - set(known):
        print(
            f"no such benchmark: {', '.join(sorted(unknown))}; there are {', '.join(known)}", file=sys.stderr
        )
        return 2
    failed = []
    for name in names or known:
        print(f"== {name}", flush=True)
        command = [sys.executable, str(ROOT / "benchmarks" / f"{name}.py")]
        if subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}).returncode:
            failed.append(name)
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
