"""JAX and optax: a small network on handwritten digits under warmup and cosine."""

import argparse

import jax
import jax.numpy as jnp
import optax
from sklearn.datasets import load_digits

import lrscope
from lrscope.optax import ServerControl, controlled, declared

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--epochs", type=int, default=20)
options = parser.parse_args()

images, labels = load_digits(return_X_y=True)
x, y = jnp.asarray(images / 16), jnp.asarray(labels)
batches = [(x[i : i + 50], y[i : i + 50]) for i in range(0, 1200, 50)]
total = len(batches) * options.epochs

run = lrscope.init(project="digits-optax", steps_per_epoch=len(batches), total_steps=total)
schedule = declared(optax.warmup_cosine_decay_schedule, 0.0, 0.3, warmup_steps=len(batches) // 2, decay_steps=total)
optimizer = controlled(optax.sgd, schedule, momentum=0.9)
control = ServerControl(schedule)

first, second = jax.random.split(jax.random.key(0))
weights = {"in": jax.random.normal(first, (64, 32)) / 8, "out": jax.random.normal(second, (32, 10)) / 6}
state = optimizer.init(weights)


def loss_of(weights, x, y):
    scores = jax.nn.relu(x @ weights["in"]) @ weights["out"]
    return optax.softmax_cross_entropy_with_integer_labels(scores, y).mean()


@jax.jit
def update(weights, state, x, y):
    loss, gradient = jax.value_and_grad(loss_of)(weights, x, y)
    changes, state = optimizer.update(gradient, state, weights)
    return optax.apply_updates(weights, changes), state, loss


step = 0
for epoch in range(options.epochs):
    for batch in batches:
        weights, state, loss = update(weights, state, *batch)
        run.log({"train/loss": loss}, step=step, epoch=epoch)
        state = control.step(state, step)
        step += 1
    validation = float(loss_of(weights, x[1200:], y[1200:]))
    run.log({"val/loss": validation}, step=step - 1, epoch=epoch)
    print(f"epoch {epoch + 1:2}  validation loss {validation:.3f}")
    if run.should_stop:
        break
run.finish()
