/** How frameworks call the LR that they log, the more telling names first. */
const NAMES = [
  /^lr$/i,
  /^learning[_-]?rate$/i,
  /(^|\/)lr$/i,
  /(^|\/)learning[_-]?rate$/i,
  /(^|\/)lr[-_/](group_?|pg_?)?0$/i,
  /^lr-(?!.*(momentum|weight_decay))[^/]+(\/pg1)?$/i,
];

/** The metric that holds the actual LR of the first param group, or null. */
export function findLrKey(keys: readonly string[]): string | null {
  for (const name of NAMES) {
    const found = keys.filter((key) => name.test(key)).sort((a, b) => a.length - b.length)[0];
    if (found !== undefined) return found;
  }
  return null;
}
