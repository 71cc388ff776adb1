/** What a spreadsheet takes for a formula, quoted or not. */
const STARTS_FORMULA = /^'*[=+\-@\t\r]/;

/** Text that a spreadsheet shows instead of running. */
export const disarm = (text: string): string => (STARTS_FORMULA.test(text) ? `'${text}` : text);

/** Undoes `disarm`. */
export const rearm = (text: string): string =>
  text.startsWith("'") && STARTS_FORMULA.test(text) ? text.slice(1) : text;
