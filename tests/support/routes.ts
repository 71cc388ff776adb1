import * as ackRoute from "@/app/api/v1/control/[control_id]/ack/route";
import * as approveRoute from "@/app/api/v1/control/[control_id]/approve/route";
import * as rollbackRoute from "@/app/api/v1/control/[control_id]/rollback/route";
import * as snoozeRoute from "@/app/api/v1/control/[control_id]/snooze/route";
import * as rejectRoute from "@/app/api/v1/control/[control_id]/reject/route";
import * as inboxRoute from "@/app/api/v1/control/route";
import * as pendingRoute from "@/app/api/v1/runs/[run_id]/control/pending/route";
import * as controlRoute from "@/app/api/v1/runs/[run_id]/control/route";
import * as api from "@/lib/contracts/endpoints/control";
import { call, type Input, ok } from "./api";

/** The control endpoints, answered in full: a test says whether it wants a success or which problem. */
export const ask = (run_id: string, body: object) =>
  call(controlRoute.POST, api.createControl, { params: { run_id }, body });

export const approve = (control_id: string, body?: object) =>
  call(approveRoute.POST, api.approveControl, { params: { control_id }, body });

export const reject = (control_id: string, body?: object) =>
  call(rejectRoute.POST, api.rejectControl, { params: { control_id }, body });

export const rollback = (control_id: string, body?: object) =>
  call(rollbackRoute.POST, api.rollbackControl, { params: { control_id }, body });

export const snooze = (control_id: string, body: object) =>
  call(snoozeRoute.POST, api.snoozeControl, { params: { control_id }, body });

export const ack = (control_id: string, body: object) =>
  call(ackRoute.POST, api.ackControl, { params: { control_id }, body });

export const pending = (run_id: string, query: Input["query"] = {}, signal?: AbortSignal) =>
  call(pendingRoute.GET, api.pendingControl, { params: { run_id }, query, signal });

export const inbox = (query: Input["query"] = {}) => ok(inboxRoute.GET, api.listInbox, { query });
