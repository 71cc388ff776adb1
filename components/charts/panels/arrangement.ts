import { createContext, use } from "react";
import type { Arrangement } from "@/lib/presenters/metrics/arrange";

export const ArrangementContext = createContext<Arrangement | null>(null);

export function useArrangement(): Arrangement {
  const arrangement = use(ArrangementContext);
  if (arrangement === null) throw new Error("a panel needs an Arrange around");
  return arrangement;
}

export interface Movable {
  readonly kind: "panel" | "section";
  readonly id: string;
  readonly title: string;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Grabbed {
  readonly item: Movable;
  readonly grip: HTMLElement;
  /** The pointer that holds it down; null: held until a click or a key. */
  readonly pointer: number | null;
  readonly at: Point | null;
}
