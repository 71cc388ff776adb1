/**
 * Puts a text on the clipboard. Browsers keep their clipboard from a page that came over plain HTTP from another machine;
 * there the text is selected out of sight and copied as a reader would.
 * @throws Error where the browser does neither
 */
export async function copyText(text: string): Promise<void> {
  if (window.isSecureContext) return navigator.clipboard.writeText(text);
  const before = document.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  field.style.cssText = "position:fixed;opacity:0";
  // Inside of an open dialog's place: it takes the focus back from all that lies outside.
  (before?.parentElement ?? document.body).append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  if (!copied) throw new Error("The browser does not let this page copy.");
}
