import type { Design } from "./design";
import { ASSUMED_STEPS } from "./design-link";

/** The design that a new page shows. */
export const FIRST_DESIGN: Design = {
  candidates: [
    {
      id: 0,
      name: "warmup + cosine",
      hidden: false,
      schedule: {
        kind: "warmup",
        shape: "linear",
        steps: 100,
        start_factor: 0,
        then: { kind: "cosine", peak: 0.001, floor: 0, steps: 900 },
      },
    },
  ],
  selected: 0,
  totalSteps: ASSUMED_STEPS,
  stepsPerEpoch: null,
};
