import { endpoint } from "../endpoint";
import {
  AckBody,
  ControlPage,
  ControlParams,
  ControlRequest,
  CreateControlBody,
  DecideBody,
  InboxPage,
  InboxQuery,
  ListControlQuery,
  NoteBody,
  PendingQuery,
  PendingResponse,
  SnoozeBody,
} from "../control";
import { PlateauResponse, SetPlateauBody } from "../plateau";
import { RunParams } from "../runs";

const tag = "control";

export const getPlateau = endpoint({
  method: "GET",
  path: "/runs/{run_id}/plateau",
  tag: "plateau",
  summary: "A run's plateau policies, where each stands, and what it fired",
  params: RunParams,
  responses: { 200: PlateauResponse },
});

export const setPlateau = endpoint({
  method: "PUT",
  path: "/runs/{run_id}/plateau",
  tag: "plateau",
  summary: "Replace a run's plateau policies",
  params: RunParams,
  body: SetPlateauBody,
  responses: { 200: PlateauResponse },
});

export const listRunControl = endpoint({
  method: "GET",
  path: "/runs/{run_id}/control",
  tag,
  summary: "A run's control requests, newest first",
  params: RunParams,
  query: ListControlQuery,
  responses: { 200: ControlPage },
});

export const createControl = endpoint({
  method: "POST",
  path: "/runs/{run_id}/control",
  tag,
  summary: "Ask the job to scale or set its LR, or to stop",
  params: RunParams,
  body: CreateControlBody,
  responses: { 201: ControlRequest },
});

export const pendingControl = endpoint({
  method: "GET",
  path: "/runs/{run_id}/control/pending",
  tag,
  summary: "What waits for the job; waits for it up to `wait` seconds",
  params: RunParams,
  query: PendingQuery,
  responses: { 200: PendingResponse },
});

export const listInbox = endpoint({
  method: "GET",
  path: "/control",
  tag,
  summary: "Control requests over all runs: the inbox",
  query: InboxQuery,
  responses: { 200: InboxPage },
});

export const approveControl = endpoint({
  method: "POST",
  path: "/control/{control_id}/approve",
  tag,
  summary: "Let the job carry a recommendation out",
  params: ControlParams,
  body: DecideBody,
  bodyOptional: true,
  responses: { 200: ControlRequest },
});

export const rejectControl = endpoint({
  method: "POST",
  path: "/control/{control_id}/reject",
  tag,
  summary: "Turn a request down",
  params: ControlParams,
  body: DecideBody,
  bodyOptional: true,
  responses: { 200: ControlRequest },
});

export const snoozeControl = endpoint({
  method: "POST",
  path: "/control/{control_id}/snooze",
  tag,
  summary: "Hide a recommendation from the inbox for a while",
  params: ControlParams,
  body: SnoozeBody,
  responses: { 200: ControlRequest },
});

export const rollbackControl = endpoint({
  method: "POST",
  path: "/control/{control_id}/rollback",
  tag,
  summary: "Ask the job to take an applied change back; answers with the new request",
  params: ControlParams,
  body: NoteBody,
  bodyOptional: true,
  responses: { 201: ControlRequest },
});

export const ackControl = endpoint({
  method: "POST",
  path: "/control/{control_id}/ack",
  tag,
  summary: "The job says what it did",
  params: ControlParams,
  body: AckBody,
  responses: { 200: ControlRequest },
});
