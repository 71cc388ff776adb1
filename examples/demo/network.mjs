import { normal } from "./random.mjs";

const MOMENTUM = 0.9;

/**
 * A multilayer perceptron with tanh units and a softmax at the end, trained by SGD with momentum on cross-entropy.
 * `sizes` are the units of each layer, inputs first.
 */
export function createNetwork(sizes, next) {
  const layers = sizes.slice(1).map((outputs, i) => createLayer(sizes[i], outputs, next));

  /** What every layer gives for an input, the input first, the scores last. */
  function forward(input) {
    const given = [Float64Array.from(input)];
    for (const [i, layer] of layers.entries()) {
      const sums = layer.forward(given[i]);
      given.push(i === layers.length - 1 ? sums : sums.map(Math.tanh));
    }
    return given;
  }

  function learn({ input, label }) {
    const given = forward(input);
    const chances = softmax(given.at(-1));
    let slope = chances.map((chance, unit) => chance - (unit === label ? 1 : 0));
    for (let i = layers.length - 1; i >= 0; i--) {
      const before = layers[i].backward(given[i], slope);
      slope = before.map((value, unit) => value * (1 - given[i][unit] ** 2));
    }
    return -Math.log(Math.max(chances[label], 1e-12));
  }

  return {
    /** One SGD update on the batch; its mean loss before. */
    update(batch, lr) {
      const loss = batch.reduce((sum, example) => sum + learn(example), 0) / batch.length;
      for (const layer of layers) layer.step(lr, batch.length);
      return loss;
    },
    /** Mean loss and accuracy. */
    judge(examples) {
      let [loss, right] = [0, 0];
      for (const { input, label } of examples) {
        const chances = softmax(forward(input).at(-1));
        loss -= Math.log(Math.max(chances[label], 1e-12));
        right += chances.indexOf(Math.max(...chances)) === label ? 1 : 0;
      }
      return { loss: loss / examples.length, accuracy: right / examples.length };
    },
  };
}

/** A dense layer: row o of `weights` holds the weights of output o, and its bias last. */
function createLayer(inputs, outputs, next) {
  const width = inputs + 1;
  const weights = Float64Array.from({ length: outputs * width }, (_, i) =>
    i % width === inputs ? 0 : normal(next) / Math.sqrt(inputs),
  );
  const gradient = new Float64Array(weights.length);
  const velocity = new Float64Array(weights.length);
  return {
    forward(input) {
      const sums = new Float64Array(outputs);
      for (let o = 0; o < outputs; o++) {
        let sum = weights[o * width + inputs];
        for (let i = 0; i < inputs; i++) sum += weights[o * width + i] * input[i];
        sums[o] = sum;
      }
      return sums;
    },
    /** Adds to the gradient; gives the slope of the loss along each input. */
    backward(input, slope) {
      const before = new Float64Array(inputs);
      for (let o = 0; o < outputs; o++) {
        for (let i = 0; i < inputs; i++) {
          gradient[o * width + i] += slope[o] * input[i];
          before[i] += slope[o] * weights[o * width + i];
        }
        gradient[o * width + inputs] += slope[o];
      }
      return before;
    },
    step(lr, batch) {
      for (let i = 0; i < weights.length; i++) {
        velocity[i] = MOMENTUM * velocity[i] + gradient[i] / batch;
        weights[i] -= lr * velocity[i];
        gradient[i] = 0;
      }
    },
  };
}

function softmax(scores) {
  const highest = Math.max(...scores);
  const powers = Array.from(scores, (score) => Math.exp(score - highest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
