"""Files replaced in one step, so that a reader sees the old one or the new one."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def replace(file: Path, data: bytes) -> None:
    """Write a draft beside a file and put it in the file's place; leave no draft behind.

    Raises:
        OSError: the folder or the disk does not allow it; the file is as before.
    """
    draft = file.with_name(f".{file.name}-{os.getpid()}")
    try:
        draft.write_bytes(data)
        os.replace(draft, file)
    except OSError:
        with suppress(OSError):
            draft.unlink()
        raise
