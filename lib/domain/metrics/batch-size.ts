/** How configurations call the examples of one optimizer update, the more telling names first. */
const NAMES = [/^(global|total|effective)_?batch_?size$/i, /^(train(ing)?_?)?batch_?size$/i];

/** Whether a key of a configuration is called so. */
export const isBatchSize = (key: string): boolean => NAMES.some((name) => name.test(key));

/**
 * Examples per optimizer update, or null. Looks through nested objects, the shallowest first. A batch per device says
 * nothing as long as the number of devices is not known, so it is none.
 */
export function findBatchSize(config: unknown): number | null {
  for (const name of NAMES) {
    let level: object[] = isObject(config) ? [config] : [];
    while (level.length > 0) {
      const entries = level.flatMap((one) => Object.entries(one));
      for (const [key, value] of entries) {
        if (name.test(key) && typeof value === "number" && Number.isFinite(value) && value > 0) return value;
      }
      level = entries.flatMap(([, value]) => (isObject(value) ? [value] : []));
    }
  }
  return null;
}

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);
