"""How long to wait before trying again."""

from __future__ import annotations

import random
from typing import Optional

from ._limits import BACKOFF_FIRST_S, BACKOFF_MOST_S, RETRY_AFTER_MOST_S


class Backoff:
    """Twice as long after each failure, up to a bound, and spread so that many jobs do not return all at once."""

    def __init__(self) -> None:
        self.failures = 0

    def reset(self) -> None:
        self.failures = 0

    def next_delay(self, retry_after: Optional[float]) -> float:
        """Seconds. What the server asks for counts as the least."""
        most = min(BACKOFF_MOST_S, BACKOFF_FIRST_S * 2.0 ** min(self.failures, 20))
        self.failures += 1
        delay = most * random.uniform(0.5, 1.0)
        return max(delay, min(retry_after or 0.0, RETRY_AFTER_MOST_S))
