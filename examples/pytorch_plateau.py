"""PyTorch with a constant LR, and a plateau policy on the server that reduces it as ReduceLROnPlateau would."""

import argparse

import torch
from sklearn.datasets import load_digits
from torch.nn.functional import cross_entropy

import lrscope
from lrscope.torch import ServerControl, watch

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--epochs", type=int, default=30)
parser.add_argument("--seed", type=int, default=0)
options = parser.parse_args()

torch.manual_seed(options.seed)
images, labels = load_digits(return_X_y=True)
order = torch.randperm(len(labels))
x, y = torch.tensor(images, dtype=torch.float32)[order] / 16, torch.tensor(labels)[order]
train_batches = list(zip(x[:1200].split(50), y[:1200].split(50)))

model = torch.nn.Sequential(torch.nn.Linear(64, 32), torch.nn.ReLU(), torch.nn.Linear(32, 10))
optimizer = torch.optim.SGD(model.parameters(), lr=0.4, momentum=0.9)

run = lrscope.init(
    project="digits-pytorch",
    seed=options.seed,
    config={"epochs": options.epochs, "batch_size": 50},
    steps_per_epoch=len(train_batches),
    plateau={
        "metric": "val/loss",
        "detector": "torch",
        "factor": 0.5,
        "patience": 2,
        "threshold": 0.01,
        "action": "apply",
    },
)
watch(optimizer)  # No scheduler: the optimizer's LR is declared constant.
control = ServerControl(optimizer)

step = 0
for epoch in range(options.epochs):
    for batch, target in train_batches:
        loss = cross_entropy(model(batch), target)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        run.log({"train/loss": loss.item()}, step=step, epoch=epoch)
        control.step(step)
        step += 1
    with torch.no_grad():
        scores = model(x[1200:])
    accuracy = (scores.argmax(1) == y[1200:]).float().mean().item()
    run.log({"val/loss": cross_entropy(scores, y[1200:]).item(), "val/accuracy": accuracy}, step=step - 1, epoch=epoch)
    control.obey(wait=5)  # What this validation triggers applies before the next update.
    print(f"epoch {epoch + 1:2}  accuracy {accuracy:.3f}  LR {optimizer.param_groups[0]['lr']:.4g}")
    if run.should_stop:
        break
run.finish()
