"""What a job that goes on with a run may say of its schedule: an LR that it found is not the one that it began with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, List, Optional, Tuple

from .spec import Spec

Declared = Optional[Mapping[str, Any]]


def with_known_start(spec: Spec, declared: Declared) -> Spec:
    """`spec`, whose `base_lrs` were read off an optimizer on its way, with those that the run `declared` for the same
    scheduler; unchanged where the run declares another."""
    bases = (declared or {}).get("base_lrs")
    if declared is None or bases is None or len(bases) != len(spec["base_lrs"]):
        return spec
    same = all(spec[field] == declared.get(field) for field in ("constructor", "kwargs"))
    return {**spec, "base_lrs": list(bases)} if same else spec


def goes_on(spec: Spec, declared: Declared) -> bool:
    """Whether both are constants, or were until now, for as many param groups."""
    groups, before = _groups(spec), _groups(declared or {})
    is_constant = all(part.get("kind") == "constant" for part in groups)
    return is_constant and len(groups) == len(before) and all(_levels(part) for part in before)


def constant_from(spec: Spec, declared: Mapping[str, Any], step: int) -> Spec:
    """What `declared` says before `step`, and the constants of `spec` from there on. Both as in `goes_on`."""
    pairs = zip(_groups(declared), _groups(spec))
    joined = [_joined(before, part["value"], step) for before, part in pairs]
    return {"kind": "groups", "groups": [{"spec": part} for part in joined]} if "groups" in spec else joined[0]


def _groups(spec: Mapping[str, Any]) -> List[Mapping[str, Any]]:
    return [group["spec"] for group in spec["groups"]] if spec.get("kind") == "groups" else [spec]


def _levels(spec: Mapping[str, Any]) -> Optional[Tuple[List[float], List[float]]]:
    """Values and boundaries, as of a piecewise schedule; None where it is none."""
    if spec.get("kind") == "constant":
        return [spec["value"]], []
    return (spec["values"], spec["boundaries"]) if spec.get("kind") == "piecewise" else None


def _joined(before: Mapping[str, Any], value: float, step: int) -> Spec:
    values, boundaries = _levels(before) or ([], [])
    kept = [boundary for boundary in boundaries if boundary < step]
    levels = list(values[: len(kept) + 1]) if step > 0 else []
    if not levels or levels[-1] != value:
        kept, levels = (kept + [step] if levels else []), levels + [value]
    if len(levels) == 1:
        return {"kind": "constant", "value": value}
    return {"kind": "piecewise", "values": levels, "boundaries": kept}
