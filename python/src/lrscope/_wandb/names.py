"""wandb's public names, those of former versions that scripts still use among them."""

from __future__ import annotations

CLASSES = """
AlertLevel Api Artifact ArtifactTTL Audio Bokeh Box3D CachingModel Classes CommError CustomChart Data Error EvalTable
Graph Histogram Html Image ImageMask BoundingBoxes2D InternalApi JoinedTable Joblib Media Molecule Node Edge Object3D
PartitionedTable Plotly PublicApi Settings Table TypedTable UsageError Video WandbAttachFailedError
""".split()

MODULES = """
agents analytics api apis automations beta box3d catboost cli controller core data_types diffusers docker dspy env
errors fastai filesync git_repo gym helper history integration internal jupyter kerascallback launch lightgbm
lightning
meta mpmain old openai plot plots prodigy profiler proto run_manager sacred sagemaker sb3 sdk sklearn sparkline
stopwatch summary_file sync tables tensorflow torch_integration trigger ultralytics util vendor viz wandb_agent
wandb wandb_controller wandb_lib wandb_run wandb_sdk wandb_torch weave xgboost
""".split()

FUNCTIONS = """
add_import_hook agent alert attach ensure_configured finish_artifact hook_keras hook_torch link_artifact link_model
load_ipython_extension log_artifact log_code log_model mark_preempting pin_config_keys plot_table require restore
sagemaker_auth
save set_trace setup sweep termsetup unwatch upsert_artifact use_artifact use_model visualize
""".split()

RUN = """
_attach _label alert finish_artifact link_artifact link_model log_code log_model mark_preempting pin_config_keys
plot_table project_config save status unwatch upsert_artifact use_model write_logs finish_and_sync notify
""".split()

# Called by libraries at every start, and without effect in wandb too for who has logged in: not worth a word.
SILENT = ("_label", "attach", "ensure_configured", "require", "setup", "termsetup", "_attach")

SUBMODULES = frozenset([*MODULES, "keras", "tensorboard"])
