"""`sync_tensorboard=True`: what a TensorBoard writer of this process writes is logged too, under wandb's names."""

from __future__ import annotations

import functools
import importlib
import os
import struct
from collections.abc import Iterator
from typing import Any, Optional

from .._harmless import mention
from .._say import never_raises, warn_once

# torch's SummaryWriter writes through tensorboard's, tensorboardX through its own.
_WRITERS = ("tensorboard.summary.writer.event_file_writer", "tensorboardX.event_file_writer")
_FORMATS = {1: "<f", 2: "<d", 3: "<i", 9: "<q"}
"""Of the numbers of tensorboard's DataType."""
_ALWAYS_NAMED = ("train", "validation")

_names: dict[str, str] = {}
"""Of the folders written to, in the order in which they came."""


def patch(*_: Any, **__: Any) -> None:
    """From now on. Once is enough: what is written goes to the run that is current then."""
    found = [_patch_writer(name) for name in _WRITERS]
    if not any(found):
        warn_once("tensorboard", "sync_tensorboard logs nothing: neither tensorboard nor tensorboardX is installed")


def unpatch() -> None:
    """What is written afterwards is not logged."""
    _names.clear()
    for name in _WRITERS:
        with never_raises("the end of sync_tensorboard"):
            writer = _writer_of(name)
            original = getattr(getattr(writer, "add_event", None), "__wrapped__", None)
            if original is not None:
                writer.add_event = original


def log(*_: Any, **__: Any) -> None:
    mention("tensorboard.log()")


def _writer_of(module: str) -> Any:
    try:
        return importlib.import_module(module).EventFileWriter
    except Exception:  # Not installed, or not for this version of what it needs.
        return None


def _patch_writer(module: str) -> bool:
    writer = _writer_of(module)
    if writer is None:
        return False
    original = writer.add_event
    if not hasattr(original, "__wrapped__"):

        @functools.wraps(original)
        def add_event(self: Any, event: Any, *args: Any, **kwargs: Any) -> Any:
            with never_raises("what TensorBoard was given"):
                _log(str(self.get_logdir()), event)
            return original(self, event, *args, **kwargs)

        writer.add_event = add_event
    return True


def _log(folder: str, event: Any) -> None:
    import lrscope

    prefix = _namespace(folder)
    values = {f"{prefix}{tag}": value for tag, value in _scalars(event)}
    run = lrscope.run
    if values and run is not None:
        run.log({**values, f"{prefix}global_step": event.step}, step=max(int(event.step), 0))


def _scalars(event: Any) -> Iterator[tuple[str, float]]:
    for item in event.summary.value:
        kind = item.WhichOneof("value")
        if kind == "simple_value":
            yield item.tag, item.simple_value
        elif kind == "tensor" and item.metadata.plugin_data.plugin_name in ("scalars", ""):
            value = _number(item.tensor)
            if value is not None:
                yield item.tag, value


def _number(tensor: Any) -> Optional[float]:
    """Of a tensor of one element, whichever way it is written."""
    for field in ("float_val", "double_val", "int_val", "int64_val"):
        values = getattr(tensor, field)
        if len(values) == 1:
            return float(values[0])
    form = _FORMATS.get(tensor.dtype)
    if form is None or len(tensor.tensor_content) != struct.calcsize(form):
        return None
    return float(struct.unpack(form, tensor.tensor_content)[0])


def _namespace(folder: str) -> str:
    """The first folder needs no name. A later one has its path below what they share, as wandb's charts do."""
    path = os.path.abspath(folder)
    if path not in _names:
        root = os.path.dirname(os.path.commonprefix([*_names, path]))
        name = os.path.relpath(path, root).replace(os.sep, "/")
        _names[path] = f"{name}/" if _names or name in _ALWAYS_NAMED else ""
    return _names[path]
