const ITEM = /(?:[^,"]|"(?:\\.|[^"\\])*"?)+/g;

/** Items with commas between; a comma inside quotes is part of its item. */
export const splitList = (text: string | null): string[] =>
  (text?.match(ITEM) ?? []).map((item) => item.trim()).filter(Boolean);
