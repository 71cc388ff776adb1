"""Lightning: a small network on handwritten digits under OneCycleLR."""

import argparse
import tempfile

import torch
from lightning import LightningModule, Trainer, seed_everything
from sklearn.datasets import load_digits
from torch.nn.functional import cross_entropy
from torch.utils.data import DataLoader, TensorDataset

from lrscope.lightning import LrscopeCallback, LrscopeLogger

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--epochs", type=int, default=20)
options = parser.parse_args()


class Digits(LightningModule):
    def __init__(self, max_lr: float = 0.3) -> None:
        super().__init__()
        self.save_hyperparameters()
        self.layers = torch.nn.Sequential(torch.nn.Linear(64, 32), torch.nn.ReLU(), torch.nn.Linear(32, 10))

    def training_step(self, batch, index):
        loss = cross_entropy(self.layers(batch[0]), batch[1])
        self.log("train/loss", loss)
        return loss

    def validation_step(self, batch, index):
        scores = self.layers(batch[0])
        self.log("val/loss", cross_entropy(scores, batch[1]))
        self.log("val/accuracy", (scores.argmax(1) == batch[1]).float().mean())

    def configure_optimizers(self):
        optimizer = torch.optim.SGD(self.parameters(), lr=0.1, momentum=0.9)
        total = self.trainer.estimated_stepping_batches
        scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, self.hparams.max_lr, total_steps=total)
        return {"optimizer": optimizer, "lr_scheduler": {"scheduler": scheduler, "interval": "step"}}


seed_everything(0)
images, labels = load_digits(return_X_y=True)
data = TensorDataset(torch.tensor(images, dtype=torch.float32) / 16, torch.tensor(labels))
train, test = torch.utils.data.random_split(data, [1200, len(data) - 1200])

with tempfile.TemporaryDirectory() as folder:
    Trainer(
        max_epochs=options.epochs,
        logger=LrscopeLogger(project="digits-lightning"),
        callbacks=[LrscopeCallback()],
        log_every_n_steps=5,
        default_root_dir=folder,
        accelerator="cpu",
    ).fit(Digits(), DataLoader(train, 50, shuffle=True), DataLoader(test, 200))
