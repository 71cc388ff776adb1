"""How far the server has acknowledged a spool, and which batch is on its way."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import NamedTuple, Optional

from ._journal import START, Position, segments

_NAME = "cursor.json"


class Cursor(NamedTuple):
    """`planned` is the end of the batch that was about to be sent: after a crash the same one is sent again."""

    acknowledged: Position
    planned: Optional[Position] = None


def save_cursor(folder: Path, cursor: Cursor) -> None:
    """Replaces the file as a whole, so that a crash leaves the old or the new one. Raises OSError."""
    new = folder / f"{_NAME}.new"
    new.write_text(json.dumps([list(cursor.acknowledged), list(cursor.planned) if cursor.planned else None]))
    os.replace(new, folder / _NAME)


def load_cursor(folder: Path) -> Cursor:
    """Without a readable cursor everything is sent again: the server knows what it has by step, time and value."""
    try:
        acknowledged, planned = json.loads((folder / _NAME).read_text())
        return Cursor(Position(*acknowledged), Position(*planned) if planned else None)
    except (OSError, ValueError, TypeError):
        first = segments(folder)
        return Cursor(Position(first[0], 0) if first else START)
