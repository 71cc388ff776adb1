"""How frameworks call the LR that they log (the server's rule, lib/domain/metrics/lr-key.ts)."""

from __future__ import annotations

import re
from typing import Optional

# The more telling names first.
_NAMES = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^lr$",
        r"^learning[_-]?rate$",
        r"(^|/)lr$",
        r"(^|/)learning[_-]?rate$",
        r"(^|/)lr[-_/](group_?|pg_?)?0$",
        r"^lr-(?!.*(momentum|weight_decay))[^/]+(/pg1)?$",
    )
]


def _rank(key: str) -> Optional[tuple[int, int]]:
    for place, name in enumerate(_NAMES):
        if name.search(key):
            return place, len(key)
    return None


def is_better_lr_key(key: str, than: Optional[str]) -> bool:
    """Whether `key` names the LR of the first param group, more tellingly than `than` does."""
    rank = _rank(key)
    best = None if than is None else _rank(than)
    return rank is not None and (best is None or rank < best)
