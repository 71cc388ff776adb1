"""Keras: a small network on handwritten digits under CosineDecay with a warmup."""

import argparse

import keras
from sklearn.datasets import load_digits

from lrscope.keras import LrscopeCallback

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--epochs", type=int, default=20)
options = parser.parse_args()

keras.utils.set_random_seed(0)
images, labels = load_digits(return_X_y=True)
images = images / 16
steps_per_epoch = 24

schedule = keras.optimizers.schedules.CosineDecay(
    0.0,
    decay_steps=max(1, steps_per_epoch * (options.epochs - 1)),
    warmup_target=0.2,
    warmup_steps=steps_per_epoch,
)
model = keras.Sequential(
    [keras.Input((64,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(10, activation="softmax")]
)
model.compile(keras.optimizers.SGD(schedule, momentum=0.9), "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(
    images[:1200],
    labels[:1200],
    batch_size=50,
    epochs=options.epochs,
    validation_data=(images[1200:], labels[1200:]),
    callbacks=[LrscopeCallback(project="digits-keras")],
    verbose=2,
)
