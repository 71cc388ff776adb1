"""Whatever a training script hands over, as plain JSON values that the server takes."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any, Optional, Union

from ._harmless import Harmless

Json = Union[None, bool, int, float, str, list["Json"], dict[str, "Json"]]

_MOST_DEPTH = 20


def text(value: object, most: int) -> str:
    """As text of at most `most` characters that can be encoded and stored: no lone surrogates, no NUL."""
    cut = str(value).replace("\0", "")[:most]
    return cut.encode("utf-8", "replace").decode("utf-8")


def non_finite(value: float) -> str:
    """JSON has no NaN and no infinities: on the wire they are these strings."""
    if math.isnan(value):
        return "NaN"
    return "Infinity" if value > 0 else "-Infinity"


def as_float(value: Any) -> Optional[float]:
    """A number, or whatever turns into one (a NumPy or PyTorch scalar, a tensor of one element), else None."""
    if isinstance(value, (str, bytes, bytearray, Harmless)) or value is None:
        return None
    try:
        # torch warns of the conversion of what has a gradient.
        return float(value.detach() if getattr(value, "requires_grad", False) else value)
    except Exception:  # The value's own code: it may raise anything.
        pass
    try:
        return float(value.item())
    except Exception:
        return None


def as_floats(value: Any) -> Optional[list[float]]:
    """A sequence of numbers, an array or tensor of one dimension too; None for anything else."""
    items = value if isinstance(value, (list, tuple)) else None
    if items is None and not isinstance(value, Harmless) and hasattr(value, "tolist"):
        try:
            items = value.tolist()
        except Exception:  # The value's own code.
            return None
    if not isinstance(items, (list, tuple)) or not items:
        return None
    numbers = [as_float(item) for item in items]
    found = [number for number in numbers if number is not None]
    return found if len(found) == len(numbers) else None


def as_mapping(value: Any) -> Optional[Mapping[Any, Any]]:
    """A mapping, or the attributes of an argparse.Namespace, a dataclass or the like; None for anything else."""
    if isinstance(value, Mapping):
        return value
    try:
        attributes: dict[str, Any] = vars(value)
        return attributes
    except TypeError:
        return None


def plain(value: Any, depth: int = 0) -> Json:
    """A value of a config: containers are copied, numbers of any library become numbers, the rest becomes text."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return text(value, len(value))
    if isinstance(value, int):
        return _integer(int(value))
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else non_finite(value)
    if depth < _MOST_DEPTH:
        if isinstance(value, Mapping):
            return {text(key, 1000): plain(item, depth + 1) for key, item in list(value.items())}
        if isinstance(value, (list, tuple, set, frozenset)):
            return [plain(item, depth + 1) for item in list(value)]
    return _foreign(value, depth)


def _integer(value: int) -> Json:
    """Beyond the doubles an integer is kept as text."""
    try:
        float(value)
    except OverflowError:
        return str(value)
    return value


def _foreign(value: Any, depth: int) -> Json:
    for name in ("item", "tolist"):
        try:
            converted = getattr(value, name)()
        except Exception:  # Not there, or not for this value.
            continue
        if depth < _MOST_DEPTH and type(converted) is not type(value):
            return plain(converted, depth + 1)
    try:
        return text(value, 10_000)
    except Exception:  # Its __str__ is broken.
        return f"<{type(value).__name__}>"


def dumps(value: Json) -> bytes:
    return json.dumps(value, separators=(",", ":"), allow_nan=False).encode("ascii")
