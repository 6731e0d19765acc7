"""Whom a server runs as that refuses to run as root.

Standard library only.
"""

import os
import pwd
import subprocess
from pathlib import Path

UNPRIVILEGED = "nobody"


def user_to_run_as() -> pwd.struct_passwd | None:
    """`nobody` for root; `None` means as oneself."""
    return pwd.getpwnam(UNPRIVILEGED) if os.geteuid() == 0 else None


def hand_over(user: pwd.struct_passwd | None, folder: Path) -> None:
    """Gives `folder` and what is in it to `user`."""
    if user:
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)


def can_read(user: pwd.struct_passwd | None, folder: Path) -> bool:
    """That user gets into `folder`: asked of the system itself, which knows every folder above it."""
    if not user:
        return os.access(folder, os.R_OK | os.X_OK)
    test = ["test", "-r", str(folder), "-a", "-x", str(folder)]
    done = subprocess.run(test, user=user.pw_uid, group=user.pw_gid, extra_groups=[])
    return done.returncode == 0
