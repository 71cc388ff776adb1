import type { Paint } from "./paint";

/** How a model is painted: everything the canvas needs besides the model. */
export interface Look {
  readonly theme: string;
  readonly paint: Paint;
  readonly font: string;
  readonly highlight: string | null;
  /** A narrow plot: smaller gutters. */
  readonly compact: boolean;
}
