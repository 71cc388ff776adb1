"""On which disk a spool is: the one asked for, else another, else in memory."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Callable

from ._say import warn
from ._settings import Settings
from ._spool import Spool, create_spool, memory_spool


def open_new_spool(settings: Settings, details: Mapping[str, Any]) -> Spool:
    info = {"session": secrets.token_hex(8), **details}
    makers: list[Callable[[], Path]] = [lambda: settings.dir, *_other_places(settings.dir)]
    reasons: list[str] = []
    while makers:
        try:
            root = makers.pop(0)()
            spool = create_spool(root, info)
        except OSError as error:
            reasons.append(str(error))
            continue
        if reasons:
            warn(f"{settings.dir} cannot be used ({reasons[0]}); points wait in {root} instead")
        spool.others = makers
        return spool
    warn(
        f"neither {settings.dir} nor a temporary folder can be used ({'; '.join(reasons)}); points wait in memory: "
        "what the server has not taken when the process ends is lost"
    )
    return memory_spool(info)


def _other_places(first: Path) -> list[Callable[[], Path]]:
    """LRSCOPE_DIR, where `dir` was given, and a temporary folder. Each is made when its turn comes."""
    named = os.environ.get("LRSCOPE_DIR")
    places: list[Callable[[], Path]] = []
    if named and Path(named).absolute() != first:
        places.append(lambda: _part_of(Path(named).absolute()))
    places.append(lambda: Path(tempfile.mkdtemp(prefix="lrscope-")))
    return places


def _part_of(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix="more-", dir=folder))
