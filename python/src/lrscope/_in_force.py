"""What the applied control requests amount to: `effective(t) = max(declared(t) × scale, min_lr)`.

The same rules as the server's (lib/domain/control/effective.ts), so that both come to the same LR.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Optional, Union

# Logs are often float32 printed and parsed again.
_TOLERANCE = 1e-6


@dataclass(frozen=True)
class InForce:
    """The reductions in force on one param group. The default leaves the declared LR as it is."""

    scale: float = 1.0
    #: The LR itself, where no scale of the declared one reaches it: it was set while the schedule said 0.
    held: Optional[float] = None
    min_lr: float = 0.0

    def effective(self, declared: float) -> float:
        """The LR to train with where the schedule says `declared`."""
        return self.held if self.held is not None else _floored(declared * self.scale, declared, self.min_lr)

    def scaled(self, factor: float, min_lr: Optional[float] = None) -> InForce:
        """Scaled once more. Without a floor of its own the change keeps the one before."""
        floor = self.min_lr if min_lr is None else min_lr
        held = None if self.held is None else _floored(self.held * factor, self.held, floor)
        return InForce(self.scale * factor, held, floor)

    def set_to(self, lr: float, declared: float, min_lr: Optional[float] = None) -> InForce:
        """Set to `lr` where the schedule says `declared`; from there on the schedule moves it."""
        floor = 0.0 if min_lr is None else min_lr
        if declared == 0:
            return InForce(1.0, _floored(lr, declared, floor), floor)
        return InForce(lr / declared, None, floor)

    @property
    def neutral(self) -> bool:
        return self.scale == 1.0 and self.held is None

    def to_dict(self) -> dict[str, Optional[float]]:
        return {"scale": self.scale, "held": self.held, "min_lr": self.min_lr}

    @staticmethod
    def from_dict(state: dict[str, Any]) -> InForce:
        return replace(InForce(), **state)


def _floored(target: float, reference: float, min_lr: float) -> float:
    """A floor stops a cut and never lifts the LR above the one that it replaces."""
    lr = max(target, min_lr)
    return min(lr, reference) if target <= reference else lr


def same_lr(a: float, b: float) -> bool:
    """Equal up to a relative 1e-6 of the larger; 0 equals only 0. False for anything not finite."""
    largest = max(abs(a), abs(b))
    return math.isfinite(largest) and abs(a - b) <= _TOLERANCE * largest


def meets(expected: Union[float, Sequence[float], None], lrs: Sequence[float], group: Optional[int]) -> bool:
    """Whether the LRs are those that a request's author saw. A single one is the first group's, or `group`'s."""
    if expected is None:
        return True
    if isinstance(expected, (int, float)):
        return same_lr(float(expected), lrs[group or 0])
    if len(expected) != len(lrs):
        return False
    return all(same_lr(want, lr) for g, (want, lr) in enumerate(zip(expected, lrs)) if group in (None, g))
