import { AdviseBody, AdviseResponse, PresetsResponse } from "../advise";
import { endpoint } from "../endpoint";
import { ExportBody, ExportResponse } from "../export";
import { RunParams } from "../runs";
import { Replay, ReplayQuery } from "../schedules";
import { RangeTestBody, RangeTestResponse } from "../range-test";
import {
  ListSavedQuery,
  SavedSchedule,
  SavedSchedulePage,
  SavedScheduleParams,
  SaveScheduleBody,
  UpdateSavedBody,
} from "../saved-schedules";

const tag = "schedules";
const MAX_BODY = 4 * 1024 * 1024;

export const getReplay = endpoint({
  method: "GET",
  path: "/runs/{run_id}/replay",
  tag,
  summary: "A declared rule that follows a metric, run over what was logged of it",
  description: "The LR that a ReduceLROnPlateau asks for at each step so far; the overlay draws the same.",
  params: RunParams,
  query: ReplayQuery,
  responses: { 200: Replay },
});

export const exportSchedule = endpoint({
  method: "POST",
  path: "/schedules/export",
  tag,
  summary: "A schedule as code for PyTorch, Transformers, timm, Keras or optax, or as JSON",
  body: ExportBody,
  maxBody: MAX_BODY,
  responses: { 200: ExportResponse },
});

export const rangeTest = endpoint({
  method: "POST",
  path: "/schedules/range-test",
  tag,
  summary: "Zones and suggestions of an LR range test",
  body: RangeTestBody,
  maxBody: MAX_BODY,
  responses: { 200: RangeTestResponse },
});

export const adviseSchedules = endpoint({
  method: "POST",
  path: "/schedules/advise",
  tag,
  summary: "Schedules for a training, ranked, with reasons and sources",
  body: AdviseBody,
  maxBody: MAX_BODY,
  responses: { 200: AdviseResponse },
});

export const listPresets = endpoint({
  method: "GET",
  path: "/schedules/presets",
  tag,
  summary: "Schedules of published trainings, and the families with when to use them",
  responses: { 200: PresetsResponse },
});

export const listSaved = endpoint({
  method: "GET",
  path: "/schedules",
  tag,
  summary: "Saved schedules, newest first",
  query: ListSavedQuery,
  responses: { 200: SavedSchedulePage },
});

export const saveSchedule = endpoint({
  method: "POST",
  path: "/schedules",
  tag,
  summary: "Save a schedule under a name",
  body: SaveScheduleBody,
  maxBody: MAX_BODY,
  responses: { 201: SavedSchedule },
});

export const getSaved = endpoint({
  method: "GET",
  path: "/schedules/{schedule_id}",
  tag,
  summary: "A saved schedule",
  params: SavedScheduleParams,
  responses: { 200: SavedSchedule },
});

export const updateSaved = endpoint({
  method: "PATCH",
  path: "/schedules/{schedule_id}",
  tag,
  summary: "Rename, describe, tag or replace a saved schedule",
  params: SavedScheduleParams,
  body: UpdateSavedBody,
  maxBody: MAX_BODY,
  responses: { 200: SavedSchedule },
});

export const deleteSaved = endpoint({
  method: "DELETE",
  path: "/schedules/{schedule_id}",
  tag,
  summary: "Delete a saved schedule",
  params: SavedScheduleParams,
  responses: { 204: null },
});
