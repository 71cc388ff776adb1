/** How frameworks call the loss, the more telling names first. */
const TRAIN = [
  /^train(ing)?[/_-]?loss$/i,
  /^loss$/i,
  /^train[/_-].*loss$/i,
  /(^|\/)loss$/i,
  /^train[/_-]?loss[/_-]/i,
];
const VALIDATION = [
  /^(val|valid|validation|eval|test)[/_-]?loss$/i,
  /^(val|valid|validation|eval|test)[/_-].*loss$/i,
  /^(val|valid|validation|eval|test)[/_-]?loss/i,
];

export interface LossKeys {
  train: string | null;
  validation: string | null;
}

/** The metrics that hold a run's training and validation loss, by name. */
export function findLossKeys(keys: readonly string[]): LossKeys {
  const validation = first(keys, VALIDATION);
  return { train: first(keys, TRAIN, /^(val|valid|validation|eval|test)/i), validation };
}

function first(keys: readonly string[], patterns: readonly RegExp[], not?: RegExp): string | null {
  for (const pattern of patterns) {
    const found = keys
      .filter((key) => pattern.test(key) && !not?.test(key))
      .sort((a, b) => a.length - b.length);
    if (found[0] !== undefined) return found[0];
  }
  return null;
}
