export interface Health {
  status: "ok";
  version: string;
}

export interface Ready {
  status: "ok" | "unavailable";
  /** What is wrong. */
  detail?: string;
}
