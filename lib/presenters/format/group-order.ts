interface Named {
  /** Empty for the group of those without a value. */
  readonly key: string;
  readonly label: string;
}

const compare = (a: string, b: string): number => a.localeCompare(b, "en", { numeric: true });

/**
 * Groups in the order in which they take their colours, on every page: by label, numbers in it counted, those without a value
 * last. It stays when another metric ranks them anew.
 */
export const groupOrder = <T extends Named>(groups: readonly T[]): T[] =>
  [...groups].sort(
    (a, b) =>
      Number(a.key === "") - Number(b.key === "") || compare(a.label, b.label) || (a.key < b.key ? -1 : 1),
  );
