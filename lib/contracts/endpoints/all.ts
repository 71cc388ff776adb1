import type { Endpoint } from "../endpoint";
import * as audit from "./audit";
import * as control from "./control";
import * as health from "./health";
import * as metrics from "./metrics";
import * as projects from "./projects";
import * as runs from "./runs";
import * as schedules from "./schedules";
import * as system from "./system";

/** The whole wire: what the OpenAPI document and the tests that guard it go through. */
export const ENDPOINTS: readonly Endpoint[] = [
  projects,
  runs,
  health,
  metrics,
  audit,
  control,
  schedules,
  system,
].flatMap((group) => Object.values<Endpoint>(group));
