import type { Endpoint } from "../endpoint";
import * as control from "./control";
import * as metrics from "./metrics";
import * as projects from "./projects";
import * as runs from "./runs";
import * as system from "./system";

/** The whole wire: what the OpenAPI document and the tests that guard it go through. */
export const ENDPOINTS: readonly Endpoint[] = [projects, runs, metrics, control, system].flatMap((group) =>
  Object.values<Endpoint>(group),
);
