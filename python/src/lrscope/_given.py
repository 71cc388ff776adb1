"""What the training script hands to `log`, read with mercy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Optional

from ._limits import MAX_TIME
from ._plain import as_float
from ._say import warn_once


def metrics(data: Any) -> Mapping[Any, Any]:
    if data is None:  # wandb's way to go on to the next step.
        return {}
    if isinstance(data, Mapping):
        return data
    warn_once("data", f"log() takes a dictionary of metrics, not {type(data).__name__}")
    return {}


def epoch(value: Any) -> Optional[float]:
    number = as_float(value)
    if number is not None and 0 <= number < float("inf"):
        return number
    warn_once("epoch", f"{told(value)} is no epoch; it is left out")
    return None


def unix_time(value: Any) -> Optional[float]:
    number = as_float(value)
    if number is not None and 0 <= number <= MAX_TIME:
        return number
    warn_once("time", f"{told(value)} is no time in Unix seconds; now stands in")
    return None


def holds_numbers(value: Any) -> bool:
    return isinstance(value, Mapping) or as_float(value) is not None


def told(value: object) -> str:
    """For messages: only what is safe to print is printed."""
    return repr(value) if isinstance(value, (int, float, str)) else type(value).__name__
