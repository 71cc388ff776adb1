"""The processes that train together: one of them talks to the server, all of them carry out the same."""

from __future__ import annotations

import sys
from typing import Any, Optional, Protocol, TypeVar

_T = TypeVar("_T")


class Team(Protocol):
    """`share` and `gather` are collective: every process has to come to them, in the same order."""

    @property
    def size(self) -> int:
        """How many processes there are."""

    @property
    def refusal(self) -> Optional[str]:
        """Why nothing can be carried out, or None."""

    def share(self, values: list[_T]) -> list[_T]:
        """The first process's list, in each of them."""

    def gather(self, value: _T) -> list[_T]:
        """Everybody's value, in each of them; the first process's first."""


class Alone:
    """A training in one process."""

    size = 1
    refusal: Optional[str] = None

    def share(self, values: list[_T]) -> list[_T]:
        return values

    def gather(self, value: _T) -> list[_T]:
        return [value]


class Ranks:
    """torch.distributed. Over a gloo group of its own, so that no GPU is waited for, and made at the first use, since a
    training may set itself up after this object. Without `every_rank` nobody else is known to come, so it refuses."""

    def __init__(self, every_rank: bool) -> None:
        self._every_rank = every_rank
        self._group: Any = None

    @property
    def size(self) -> int:
        """1 without torch.distributed."""
        distributed = _distributed()
        return int(distributed.get_world_size()) if distributed else 1

    @property
    def refusal(self) -> Optional[str]:
        if self._every_rank or self.size == 1:
            return None
        return f"{self.size} processes train together, and ServerControl was not told that it is in every_rank of them"

    def share(self, values: list[_T]) -> list[_T]:
        """Costs one small message where there is nothing to tell, which is nearly always."""
        if self.size == 1:
            return values
        import torch

        count = torch.tensor([len(values)])
        torch.distributed.broadcast(count, 0, self._joined())
        told: list[Any] = values if is_first() else [None] * int(count.item())
        if told:
            torch.distributed.broadcast_object_list(told, 0, self._joined())
        return told

    def gather(self, value: _T) -> list[_T]:
        if self.size == 1:
            return [value]
        import torch

        told: list[Any] = [None] * self.size
        torch.distributed.all_gather_object(told, value, self._joined())
        return told

    def _joined(self) -> Any:
        if self._group is None:
            distributed = _distributed()
            self._group = distributed.new_group(backend="gloo")
        return self._group


def is_first() -> bool:
    """Whether this process is the one that talks to the server: rank 0, or the only one."""
    distributed = _distributed()
    return distributed is None or distributed.get_rank() == 0


def _distributed() -> Any:
    """torch.distributed, once the training has set it up; None otherwise."""
    distributed: Any = getattr(sys.modules.get("torch"), "distributed", None)
    if distributed is None or not distributed.is_available() or not distributed.is_initialized():
        return None
    return distributed


class Follower:
    """Stands where a run would, in a process that is not the first: logs nothing and is asked nothing."""

    id = project = ""
    step = 0
    should_stop = False
    lr: Any = None

    def log(self, *_: Any, **__: Any) -> None: ...

    def log_rates(self, *_: Any) -> None: ...

    def declare_from_next_point(self, *_: Any) -> None: ...

    def ack(self, *_: Any, **__: Any) -> None: ...

    def requests(self) -> list[Any]:
        return []

    def wait_for_control(self, *_: Any) -> None: ...
