"""What is said of a run and can be said anew while it goes on: its name, group, notes and tags."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Optional

from ._declare import declared
from ._plain import Json
from ._say import warn_once


class Tags(list[str]):
    """A list that adds tuples too, as scripts written for wandb do."""

    def __add__(self, other: Iterable[Any]) -> Tags:  # type: ignore[override]
        return Tags([*self, *other])

    def __radd__(self, other: Iterable[Any]) -> Tags:
        return Tags([*other, *self])

    def __hash__(self) -> int:  # type: ignore[override]
        """As the tuple that it stands for."""
        return hash(tuple(self))

    def __eq__(self, other: object) -> bool:
        return list(self) == list(other) if isinstance(other, (list, tuple)) else False


class Said:
    """Remembers what the server has been told, so that a change in place, `run.tags.append(…)`, is found too."""

    def __init__(self, body: Mapping[str, Any]) -> None:
        self.name: Optional[str] = body.get("name")
        self.group: Optional[str] = body.get("group")
        self.notes: str = body.get("notes", "")
        self.tags = Tags(body.get("tags", ()))
        self._told = self._now()
        self._is_handed_out = False
        self._texts: dict[str, Any] = {}

    def set(self, said: Mapping[str, Any]) -> None:
        """Keeps what the wire takes; the rest is left out with a warning."""
        for key, value in declared(said).items():
            setattr(self, key, Tags(map(str, value)) if isinstance(value, list) else value)

    def name_or(self, id: str) -> str:
        """The name, else `id`, and from then on always: scripts make paths of it."""
        self._is_handed_out = self._is_handed_out or self.name is None
        return self.name or id

    def named(self, name: str) -> None:
        """By the server. A name that was set meanwhile is on its way to it."""
        if self.name == self._told.get("name") and not self._is_handed_out:
            self.name = name
            self._told["name"] = name

    def take_changes(self) -> dict[str, Json]:
        """What has changed since the last call, as the wire has it."""
        now = self._now()
        changed = {key: value for key, value in now.items() if value != self._told.get(key)}
        self._told = now
        return declared(changed)

    def summarise(self, texts: Mapping[str, Any]) -> bool:
        """Values of the summary that are no numbers."""
        self._texts.update(texts)
        return bool(texts)

    def with_summary(self, config: dict[str, Any]) -> dict[str, Any]:
        if not self._texts:
            return config
        if "summary" in config:
            warn_once("summary", "what is no number in run.summary is not kept: the config has a key named summary")
            return config
        return {**config, "summary": self._texts}

    def _now(self) -> dict[str, Any]:
        return {"name": self.name, "group": self.group, "notes": self.notes, "tags": list(self.tags)}
