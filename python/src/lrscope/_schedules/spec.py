"""The wire form of a declared schedule, in its library's own words."""

from __future__ import annotations

import math
from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence, Tuple

#: JSON as `json.dumps` takes it: `library`, `constructor`, `kwargs`, `base_lrs`, `stepping`, …
Spec = Dict[str, Any]

Kwargs = Dict[str, Any]

#: Reads a constructor's arguments back off the object that it made.
Reader = Callable[[Any], Kwargs]


class NotDeclarable(Exception):
    """The object's schedule cannot be told in its library's words; the message says why."""


def known_class(
    scheduler: object, readers: Mapping[str, Reader], module: str, own: Sequence[str]
) -> Optional[str]:
    """The name in `readers` of the library class that decides the LRs, or None where `module` has no part in it.

    A subclass counts as its base as long as it redefines nothing in `own`, the methods that compute LRs.
    """
    redefined: Optional[str] = None
    for cls in type(scheduler).__mro__:
        if cls.__module__.split(".")[0] == module and cls.__name__ in readers:
            if redefined:
                raise NotDeclarable(f"{type(scheduler).__name__} redefines {redefined} of {cls.__name__}")
            return cls.__name__
        if not vars(cls).get("_lrscope_transparent"):
            redefined = redefined or next((name for name in own if name in vars(cls)), None)
    return None


def attributes(*names: str, **renamed: str) -> Reader:
    """A reader for constructors that keep their arguments under the same names; `argument="attribute"` where not."""
    pairs: List[Tuple[str, str]] = [(name, name) for name in names] + list(renamed.items())
    return lambda scheduler: {argument: getattr(scheduler, attribute) for argument, attribute in pairs}


def plain(value: Any) -> Any:
    """`value` as JSON: tensors and numpy scalars become numbers. NotDeclarable for what JSON cannot hold."""
    if value is None or isinstance(value, (bool, str, int)):
        return value
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise NotDeclarable(f"{type(value).__name__} is not a number") from None
    if not math.isfinite(number):
        raise NotDeclarable(f"an argument is {number}")
    return number


def one_or_each(values: Sequence[Any]) -> Any:
    """One value for all param groups where they agree, else one for each."""
    return values[0] if all(value == values[0] for value in values) else list(values)
