"""Run.config and Run.summary: mappings whose items are attributes too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any, Callable, Optional

from ._plain import as_mapping
from ._say import never_raises


class _Attributes(MutableMapping[str, Any]):
    """A dictionary that tells when it was changed. Attributes that start with an underscore are Python's own."""

    def __init__(self, items: Mapping[str, Any], changed: Callable[[Mapping[str, Any]], None]) -> None:
        object.__setattr__(self, "_items", dict(items))
        object.__setattr__(self, "_changed", changed)

    def __getitem__(self, key: str) -> Any:
        return self._items[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self._items[str(key)] = value
        self._changed({str(key): value})

    def __delitem__(self, key: str) -> None:
        del self._items[key]
        self._changed({})

    def __iter__(self) -> Iterator[str]:
        return iter(list(self._items))

    def __len__(self) -> int:
        return len(self._items)

    def __getattr__(self, name: str) -> Any:
        items: dict[str, Any] = object.__getattribute__(self, "_items")
        if name in items:
            return items[name]
        raise AttributeError(name)

    def __setattr__(self, name: str, value: Any) -> None:
        self[name] = value

    def __repr__(self) -> str:
        return repr(self._items)

    def as_dict(self) -> dict[str, Any]:
        return dict(self._items)


class Config(_Attributes):
    """The run's configuration. Changes are sent in the background."""

    def update(self, other: Any = (), /, allow_val_change: Optional[bool] = None, **items: Any) -> None:
        """Takes a mapping, pairs, or an object with attributes, such as an argparse.Namespace."""
        with never_raises("a change of the config"):
            found = as_mapping(other)
            new = {str(key): value for key, value in dict(other if found is None else found, **items).items()}
            self._items.update(new)
            self._changed(new)

    def setdefaults(self, other: Mapping[str, Any]) -> None:
        self.update({key: value for key, value in other.items() if key not in self._items})


class Summary(_Attributes):
    """The last value of each metric, or what `define_metric` asked for. A value that is set is logged as a metric, at
    the run's last step."""

    def __init__(self, changed: Callable[[Mapping[str, Any]], None], logged: Callable[[], Mapping[str, Any]]) -> None:
        super().__init__({}, changed)
        object.__setattr__(self, "_logged", logged)

    def _refresh(self) -> None:
        self._items.update(self._logged())

    def __getitem__(self, key: str) -> Any:
        self._refresh()
        return self._items[key]

    def __getattr__(self, name: str) -> Any:
        object.__getattribute__(self, "_refresh")()
        return super().__getattr__(name)

    def __iter__(self) -> Iterator[str]:
        self._refresh()
        return super().__iter__()

    def __len__(self) -> int:
        self._refresh()
        return super().__len__()

    def update(self, other: Any = (), /, **items: Any) -> None:
        with never_raises("a change of the summary"):
            new = dict(other, **items)
            self._items.update(new)
            self._changed(new)
