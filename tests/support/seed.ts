import { randomBytes } from "node:crypto";
import type { z } from "zod";
import * as controlRoute from "@/app/api/v1/runs/[run_id]/control/route";
import * as finishRoute from "@/app/api/v1/runs/[run_id]/finish/route";
import * as metricRoute from "@/app/api/v1/runs/[run_id]/metrics/[key]/route";
import * as metricsRoute from "@/app/api/v1/runs/[run_id]/metrics/route";
import * as overlayRoute from "@/app/api/v1/runs/[run_id]/overlay/route";
import * as plateauRoute from "@/app/api/v1/runs/[run_id]/plateau/route";
import * as runRoute from "@/app/api/v1/runs/[run_id]/route";
import * as runsRoute from "@/app/api/v1/runs/route";
import type { CreateControlBody } from "@/lib/contracts/control";
import * as controlApi from "@/lib/contracts/endpoints/control";
import * as metricsApi from "@/lib/contracts/endpoints/metrics";
import * as runsApi from "@/lib/contracts/endpoints/runs";
import {
  type LogMetricsBody,
  type MetricSeries,
  MetricSeries as Series,
  ObservationPage,
} from "@/lib/contracts/metrics";
import type { CreateRunBody, Run } from "@/lib/contracts/runs";
import { type Input, ok } from "./api";

export const mint = (what: string): string => `${what}-${randomBytes(5).toString("hex")}`;

export type RunBody = Partial<z.input<typeof CreateRunBody>>;
export type LogBody = z.input<typeof LogMetricsBody>;

/** A new run, in a new project unless told which. */
export function createRun(body: RunBody = {}): Promise<Run> {
  return ok(runsRoute.POST, runsApi.createRun, { body: { project: mint("project"), ...body } });
}

export const getRun = (run_id: string): Promise<Run> =>
  ok(runRoute.GET, runsApi.getRun, { params: { run_id } });

export const log = (run_id: string, body: LogBody) =>
  ok(metricsRoute.POST, metricsApi.logMetrics, { params: { run_id }, body });

/** Values of one metric at steps 0, 1, … with a time each. */
export const logValues = (run_id: string, key: string, values: readonly number[], from = 0) =>
  log(run_id, {
    points: values.map((value, i) => ({ step: from + i, time: 1e9 + from + i, metrics: { [key]: value } })),
  });

export const metricsOf = (run_id: string) =>
  ok(metricsRoute.GET, metricsApi.listMetrics, { params: { run_id }, query: { limit: 10_000 } }).then(
    ({ items }) => items,
  );

export async function readSeries(
  run_id: string,
  key: string,
  query: Input["query"] = {},
): Promise<MetricSeries> {
  return Series.parse(await ok(metricRoute.GET, metricsApi.readMetric, { params: { run_id, key }, query }));
}

/** Every observation as logged, page after page. */
export async function readRaw(run_id: string, key: string, query: Input["query"] = {}) {
  const found: z.infer<typeof ObservationPage>["items"] = [];
  let cursor: string | null = null;
  do {
    const page: z.infer<typeof ObservationPage> = ObservationPage.parse(
      await ok(metricRoute.GET, metricsApi.readMetric, {
        params: { run_id, key },
        query: { raw: 1, ...query, ...(cursor === null ? {} : { cursor }) },
      }),
    );
    found.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor !== null);
  return found;
}

export const overlayOf = (run_id: string, query: Input["query"] = {}) =>
  ok(overlayRoute.GET, metricsApi.getOverlay, { params: { run_id }, query });

export const plateauOf = (run_id: string) =>
  ok(plateauRoute.GET, controlApi.getPlateau, { params: { run_id } }).then(({ policies }) => policies);

export const setPlateau = (run_id: string, policies: unknown[]) =>
  ok(plateauRoute.PUT, controlApi.setPlateau, { params: { run_id }, body: { policies } }).then(
    (state) => state.policies,
  );

export const requestControl = (run_id: string, body: CreateControlBody) =>
  ok(controlRoute.POST, controlApi.createControl, { params: { run_id }, body });

export const controlOf = (run_id: string) =>
  ok(controlRoute.GET, controlApi.listRunControl, { params: { run_id } }).then(({ items }) => items);

export const finish = (run_id: string, body?: object) =>
  ok(finishRoute.POST, runsApi.finishRun, { params: { run_id }, ...(body ? { body } : {}) });
