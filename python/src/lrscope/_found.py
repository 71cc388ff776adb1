"""Declares the schedule of an object, in a run that may declare one already."""

from __future__ import annotations

from typing import Any, Optional

from ._schedules.resumed import constant_from, goes_on
from ._schedules.spec import Spec


def declare_found(run: Any, spec: Optional[Spec], **more: Any) -> None:
    """`run.declare`, but that another constant than the run's holds from where this job goes on: the LRs before it were
    declared as well."""
    declared = run.declared_schedule
    if spec is not None and declared is not None and spec != declared and goes_on(spec, declared):
        run.declare(**more)
        run.declare_from_next_point(lambda step: constant_from(spec, declared, step))
    else:
        run.declare(schedule=spec, **more)
