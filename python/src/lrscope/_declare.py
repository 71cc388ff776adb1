"""What is said of a run, as the fields of the wire."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Mapping
from typing import Any, Callable, Optional

from ._limits import MAX_KEY_CHARS, MAX_NAME_CHARS, MAX_NOTES_CHARS, MAX_STEP, MAX_TAG_CHARS, MAX_TAGS
from ._plain import Json, as_float, as_mapping, plain, text
from ._say import warn_once


def _name(value: object) -> Optional[str]:
    return text(value, MAX_NAME_CHARS).strip() or None


def _tags(value: object) -> list[Json]:
    each: Iterable[object] = [value] if isinstance(value, str) or not isinstance(value, Iterable) else value
    tags: list[Json] = []
    for item in each:
        tag = text(item, MAX_TAG_CHARS).strip()
        if tag and len(tags) < MAX_TAGS:
            tags.append(tag)
    return tags


def _schedule(value: Any) -> Json:
    return plain(value) if isinstance(value, Mapping) else None


def _integer(least: int) -> Callable[[Any], Optional[int]]:
    def convert(value: Any) -> Optional[int]:
        try:
            number = operator.index(value)
        except TypeError:
            as_number = as_float(value)
            if as_number is None or not as_number.is_integer():
                return None
            number = int(as_number)
        return number if least <= number <= MAX_STEP else None

    return convert


def _per_epoch(value: object) -> Optional[float]:
    number = as_float(value)
    return number if number is not None and 1e-6 <= number <= 1e12 else None


_FIELDS: dict[str, Callable[[Any], Json]] = {
    "name": _name,
    "group": _name,
    "seed": _integer(-MAX_STEP),
    "tags": _tags,
    "notes": lambda value: text(value, MAX_NOTES_CHARS),
    "schedule": _schedule,
    "lr_metric": lambda value: text(value, MAX_KEY_CHARS).strip() or None,
    "total_steps": _integer(1),
    "steps_per_epoch": _per_epoch,
}


def declared(said: Mapping[str, Any]) -> dict[str, Json]:
    """The fields that were given, as the wire has them; one that cannot be read is left out with a warning."""
    body: dict[str, Json] = {}
    for key, convert in _FIELDS.items():
        value = said.get(key)
        if value is None:
            continue
        try:
            converted = convert(value)
        except Exception:  # The value's own code.
            converted = None
        if converted is None:
            warn_once(f"declared {key}", f"{key} is left out: {type(value).__name__} is not understood")
        else:
            body[key] = converted
    return body


def config_body(config: Any) -> dict[str, Json]:
    found = as_mapping(config) if config is not None else {}
    if found is None:
        warn_once("config", f"config is left out: {type(config).__name__} is not understood")
    body = plain(found or {})
    return body if isinstance(body, dict) else {}


def policies(plateau: Any) -> Optional[list[Json]]:
    """One plateau policy or several, as a list; None, with a warning, when it is neither."""
    each = [plateau] if isinstance(plateau, Mapping) else plateau
    if isinstance(each, (list, tuple)) and all(isinstance(policy, Mapping) for policy in each):
        return [plain(policy) for policy in each]
    warn_once("plateau", f"plateau is left out: {type(plateau).__name__} is not understood")
    return None


def any_applies(plateau: object) -> bool:
    """Whether one of the policies applies what it finds, rather than to recommend it."""
    each = plateau if isinstance(plateau, list) else []
    return any(isinstance(policy, dict) and policy.get("action") == "apply" for policy in each)


whole_step = _integer(0)
