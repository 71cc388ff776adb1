"""wandb's own kinds of objects. Those that scripts read back from keep what they are given; nothing is sent."""

from __future__ import annotations

import importlib
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any, Optional

from .._harmless import Harmless, empty_folder, mention


class Error(Exception):
    """Never raised: `except wandb.Error` needs a class."""

    def __init__(self, message: object = "", *_: Any, **__: Any) -> None:
        super().__init__(message)
        self.message = message


class Settings(Harmless):
    """Keeps its items as attributes; `init` takes those that it knows."""

    def __init__(self, **items: Any) -> None:
        self.__dict__.update(items)


class Table(Harmless):
    """Keeps its rows for the script itself."""

    _name = "Table"

    def __init__(
        self,
        columns: Optional[Iterable[Any]] = None,
        data: Any = None,
        rows: Any = None,
        dataframe: Any = None,
        **_: Any,
    ) -> None:
        super().__init__()
        found = dataframe if dataframe is not None else data if data is not None else rows
        if hasattr(found, "columns") and hasattr(found, "values"):
            columns, found = list(found.columns), found.values
        self.columns: list[Any] = list(columns) if columns is not None else ["Input", "Output", "Expected"]
        self.data: list[list[Any]] = [list(row) for row in found] if found is not None else []

    def add_data(self, *row: Any) -> None:
        self.data.append(list(row))

    def add_row(self, *row: Any) -> None:
        self.data.append(list(row))

    def add_column(self, name: Any, data: Iterable[Any], **_: Any) -> None:
        values = list(data)
        self.data += [[None] * len(self.columns) for _ in range(len(values) - len(self.data))]
        self.columns.append(name)
        for row, value in zip(self.data, values):
            row.append(value)

    def get_column(self, name: Any, **_: Any) -> list[Any]:
        at = self.columns.index(name) if name in self.columns else None
        return [] if at is None else [row[at] if at < len(row) else None for row in self.data]

    def get_index(self) -> list[int]:
        return list(range(len(self.data)))

    def iterrows(self) -> Iterator[tuple[int, list[Any]]]:
        return enumerate(iter(self.data))

    def get_dataframe(self) -> Any:
        pandas: Any = importlib.import_module("pandas")
        return pandas.DataFrame.from_records(self.data, columns=self.columns)


class Artifact(Harmless):
    """Keeps its name, type and metadata. A file that is made for it is made, in a temporary folder."""

    _name = "Artifact"

    def __init__(
        self,
        name: Any = "",
        type: Any = "",
        description: Any = None,
        metadata: Optional[Mapping[str, Any]] = None,
        *_: Any,
        **__: Any,
    ) -> None:
        super().__init__()
        self.name, self.type, self.description = name, type, description
        self.metadata: dict[str, Any] = dict(metadata or {})
        self.aliases: list[str] = []
        self.version = "v0"

    def new_file(self, name: Any, mode: str = "x", encoding: Optional[str] = None, **_: Any) -> IO[Any]:
        path = os.path.join(tempfile.mkdtemp(prefix="lrscope-file-"), os.path.basename(str(name)))
        return open(path, mode.replace("x", "w"), encoding=encoding)

    def download(self, *_: Any, **__: Any) -> str:
        mention("Artifact.download", "downloads nothing: lrscope stores no files; it gives an empty folder")
        return empty_folder()

    def wait(self, *_: Any, **__: Any) -> Artifact:
        return self

    checkout = download


class Histogram(Harmless):
    _name = "Histogram"


class Api(Harmless):
    """Without projects and runs: what lrscope stores is read over its own API."""

    _name = "Api"
    default_entity = ""
