/** NaN and the infinities where a value stands; Python's json module writes them so. */
const BARE = /([:,[]\s*)(NaN|-?Infinity)(?=\s*[,}\]])/g;

/** JSON, or JSON but for bare NaN and infinities, which become strings. @throws SyntaxError */
export function parseLenient(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // Twice: of two in a row the first match eats the comma that the second begins with.
    const quoted = text.replace(BARE, '$1"$2"').replace(BARE, '$1"$2"');
    if (quoted === text) throw error;
    return JSON.parse(quoted);
  }
}
