import { normal } from "./random.mjs";

const TURNS = 1.5;
const NOISE = 0.1;

/** Points of two spirals that wind around each other: `{ input: [x, y], label: 0 | 1 }`, within about [−1, 1]. */
export function spirals(next, count) {
  return Array.from({ length: count }, (_, i) => {
    const label = i % 2;
    const radius = Math.sqrt(next());
    const angle = 2 * Math.PI * TURNS * radius + Math.PI * label;
    const x = radius * Math.cos(angle) + NOISE * normal(next);
    const y = radius * Math.sin(angle) + NOISE * normal(next);
    return { input: [x, y], label };
  });
}
