/** What a value axis may be. */
export const SCALES = [
  { value: "linear", label: "linear" },
  { value: "log", label: "log" },
] as const;
