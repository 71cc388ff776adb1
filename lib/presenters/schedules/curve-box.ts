/** A small picture's box in its own units; it is stretched to its place. */
export const CURVE_BOX = { width: 160, height: 56 };
