import type { Endpoint } from "../endpoint";
import * as audit from "./audit";
import * as backtest from "./backtest";
import * as compare from "./compare";
import * as control from "./control";
import * as deleted from "./deleted";
import * as health from "./health";
import * as imports from "./imports";
import * as metrics from "./metrics";
import * as notifications from "./notifications";
import * as projects from "./projects";
import * as runs from "./runs";
import * as schedules from "./schedules";
import * as system from "./system";
import * as views from "./views";

/** The whole wire: what the OpenAPI document and the tests that guard it go through. */
export const ENDPOINTS: readonly Endpoint[] = [
  projects,
  runs,
  health,
  metrics,
  notifications,
  audit,
  backtest,
  compare,
  control,
  schedules,
  imports,
  system,
  views,
  deleted,
].flatMap((group) => Object.values<Endpoint>(group));
