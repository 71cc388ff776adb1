"""Logged values as the text of one point on the wire. This is the hot path: a call of log() spends its time here."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from typing import Any, Optional

from ._harmless import Harmless
from ._limits import MAX_KEY_CHARS
from ._lr_key import Range, find_lr_key
from ._lr_name import read_lr_name
from ._plain import as_float, as_floats, non_finite
from ._say import warn_once


class PointEncoder:
    """Turns mappings of metrics into JSON, and remembers the last value of each.

    Names are cleaned and escaped once and then looked up. Not for several threads at once.
    """

    def __init__(self) -> None:
        self._names: dict[Any, str] = {}
        self._last: dict[str, float] = {}
        self._lrs: dict[str, Range] = {}
        """The metrics that are called like an LR; with their values from where there are several."""

    def encode(self, data: Mapping[Any, Any]) -> list[str]:
        """Each metric as `"name":value`. Nested mappings are joined with a slash; what is no number is dropped."""
        parts: list[str] = []
        names, last = self._names, self._last
        for key, value in data.items():
            name = names.get(key)
            if name is None:
                name = names[key] = self._new_name(key)
            if type(value) is not float:
                converted = self._number(name, value, parts)
                if converted is None:
                    continue
                value = converted
            last[name] = value
            # Not so for NaN and the infinities.
            parts.append(f"{name}{value!r}" if value - value == 0.0 else f'{name}"{non_finite(value)}"')
        if len(self._lrs) > 1:
            self._look()
        return parts

    def names_lr(self, parts: list[str]) -> bool:
        """Whether one of them is called like an LR."""
        return any(part.startswith(name) for part in parts for name in self._lrs)

    def last_values(self) -> dict[str, float]:
        return {json.loads(name[:-1]): value for name, value in list(self._last.items())}

    def lr_key(self) -> Optional[str]:
        """The metric that holds the LR, by its name and, where several could be it, by their values."""
        return find_lr_key({json.loads(name[:-1]): values for name, values in list(self._lrs.items())})

    def _new_name(self, key: object) -> str:
        name = escaped(key)
        if read_lr_name(json.loads(name[:-1])) is not None:
            self._lrs.setdefault(name, Range())
        return name

    def _look(self) -> None:
        for name, values in self._lrs.items():
            value = self._last.get(name)
            if value is not None and not values.least <= value <= values.most:
                self._lrs[name] = values.with_value(value)

    def _number(self, name: str, value: Any, parts: list[str]) -> Optional[float]:
        if isinstance(value, Mapping):
            prefix = json.loads(name[:-1])
            parts.extend(self.encode({f"{prefix}/{key}": item for key, item in value.items()}))
            return None
        number = as_float(value)
        several = as_floats(value) if number is None else None
        if several is not None and (len(several) == 1 or name in self._lrs):
            # What get_last_lr() gives is of the optimizer's param groups.
            prefix = json.loads(name[:-1])
            parts.extend(self.encode({f"{prefix}/{group}": rate for group, rate in enumerate(several) if group}))
            return several[0]
        if number is None and not _is_mentioned(value):
            kind = type(value).__name__
            warn_once(f"value {name}", f"{name[:-1]} is no number but {kind}; such values are not logged")
        return number


def _is_mentioned(value: Any) -> bool:
    """Whether the user has been told already that such things are not logged: at the making of an image, say."""
    return isinstance(value[0] if isinstance(value, (list, tuple)) and value else value, Harmless)


def escaped(key: object) -> str:
    """A metric's name as the server takes it, as a JSON string with its colon."""
    raw = str(key)
    name = "".join("_" if unicodedata.category(c).startswith("C") else c for c in raw)
    name = name.strip(" ")[:MAX_KEY_CHARS].strip(" ") or "_"
    if name != raw:
        warn_once(f"name {raw!r}", f"the metric {raw[:60]!r} is logged as {name[:60]!r}")
    return f"{json.dumps(name)}:"


def point_text(step: int, time: float, epoch: Optional[float], parts: list[str]) -> str:
    where = f'"step":{step},"time":{time!r}' if epoch is None else f'"step":{step},"time":{time!r},"epoch":{epoch!r}'
    return f'{{{where},"metrics":{{{",".join(parts)}}}}}'
