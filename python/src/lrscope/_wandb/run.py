"""What wandb's Run has beside ours."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any, Optional

from .._harmless import Stub, mention, nothing
from .._say import never_raises
from .objects import Artifact, Settings
from .surface import answer, answer_of_run


class WandbRun:
    """Attributes with a meaning here have it; every other name of wandb's is harmless, and mentioned once."""

    id: str
    name: str
    project: str
    url: str
    mode: str
    entity = ""
    sweep_id: Optional[str] = None
    sweep_url: Optional[str] = None
    job_type: Optional[str] = None
    resumed = False
    start_time = 0.0
    starting_step = 0
    _folder: Optional[Path] = None
    _files: Optional[str] = None

    def __getattr__(self, name: str) -> Any:
        return answer_of_run(name)

    @property
    def dir(self) -> str:
        """A folder for the script's own files: beside the spools, made when it is first asked for."""
        if self._files is None:
            chosen = None if self._folder is None else self._folder / "files" / self.id
            try:
                if chosen is None:
                    raise OSError("the run keeps no folder")
                chosen.mkdir(parents=True, exist_ok=True)
                self._files = str(chosen)
            except OSError:
                self._files = tempfile.mkdtemp(prefix="lrscope-files-")
        return self._files

    sync_dir = dir

    @property
    def offline(self) -> bool:
        return self.mode == "offline"

    @property
    def disabled(self) -> bool:
        return self.mode == "disabled"

    @property
    def path(self) -> str:
        return f"{self.project}/{self.id}"

    @property
    def project_url(self) -> str:
        return self.url.partition("/runs/")[0]

    @property
    def config_static(self) -> Any:
        return getattr(self, "config", {})

    @property
    def settings(self) -> Settings:
        return Settings(project=self.project, run_id=self.id, run_name=self.name, mode=self.mode, entity="")

    def get_url(self) -> str:
        return self.url

    def get_project_url(self) -> str:
        return self.project_url

    def get_sweep_url(self) -> Optional[str]:
        return self.sweep_url

    def display(self, *_: Any, **__: Any) -> bool:
        """Whether it was shown in a notebook."""
        return False

    def to_html(self, *_: Any, **__: Any) -> str:
        return f'<a href="{self.url}">{self.id}</a>'

    def restore(self, name: object = "", *_: Any, **__: Any) -> Any:
        """Opens the file of this name in `dir`. No other files are kept."""
        with never_raises("restoring a file"):
            path = os.path.join(self.dir, str(name))
            if os.path.isfile(path):
                return open(path)
        mention("restore()", "finds only files in run.dir: lrscope stores none")
        return nothing()

    def watch(self, model: Any = None, *args: Any, **kwargs: Any) -> Any:
        return watch(model, *args, run=self, **kwargs)

    def use_artifact(self, *args: Any, **kwargs: Any) -> Artifact:
        made: Artifact = answer("use_artifact")(*args, **kwargs)
        return made

    def log_artifact(self, *args: Any, **kwargs: Any) -> Artifact:
        made: Artifact = answer("log_artifact")(*args, **kwargs)
        return made


def watch(watched: Any = None, *args: Any, **kwargs: Any) -> Any:
    """A scheduler or an optimizer is declared, as by lrscope.torch.watch; of a model, as in wandb, nothing is kept."""
    if not _has_lrs(watched):
        return Stub("watch")(*args, **kwargs)
    from ..torch import watch as declare

    run = kwargs.pop("run", None)
    return declare(watched, *([run] if run is not None else []), *args, **kwargs)


def _has_lrs(watched: Any) -> bool:
    """An optimizer has groups, a scheduler an optimizer; a model may have one too, but is a module with a `forward`."""
    if hasattr(watched, "forward"):
        return False
    return any(hasattr(watched, name) for name in ("param_groups", "optimizer", "get_last_lr"))
