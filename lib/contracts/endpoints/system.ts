import { z } from "zod";
import { endpoint } from "../endpoint";
import { StreamQuery } from "../events";
import { BacktestBody, BacktestResponse } from "../backtest";
import { EvaluateBody, EvaluateResponse } from "../schedules";

export const evaluateSchedule = endpoint({
  method: "POST",
  path: "/schedules/evaluate",
  tag: "schedules",
  summary: "The LRs of a schedule, ours or a library's",
  body: EvaluateBody,
  maxBody: 4 * 1024 * 1024,
  responses: { 200: EvaluateResponse },
});

export const backtest = endpoint({
  method: "POST",
  path: "/plateau/backtest",
  tag: "plateau",
  summary: "What a plateau rule would have done on given numbers",
  body: BacktestBody,
  maxBody: 16 * 1024 * 1024,
  responses: { 200: BacktestResponse },
});

export const stream = endpoint({
  method: "GET",
  path: "/stream",
  tag: "events",
  summary: "Changes as server-sent events",
  description: "Only changes, never history. Come back with Last-Event-ID to get what changed meanwhile.",
  query: StreamQuery,
  responses: { 200: z.string() },
  produces: "text/event-stream",
});

export const openapi = endpoint({
  method: "GET",
  path: "/openapi.json",
  tag: "api",
  summary: "This document",
  responses: { 200: z.looseObject({ openapi: z.string() }) },
});
