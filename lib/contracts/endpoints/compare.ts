import { CompareBody, CompareResponse, CurvesBody, CurvesResponse } from "../compare";
import {
  ComparisonParams,
  ListComparisonsQuery,
  SaveComparisonBody,
  SavedComparison,
  SavedComparisonPage,
  UpdateComparisonBody,
} from "../comparisons";
import { endpoint } from "../endpoint";

const tag = "compare";

export const compare = endpoint({
  method: "POST",
  path: "/compare",
  tag,
  summary: "Groups of runs against each other, with intervals, tests and a verdict",
  description:
    "On the observations as logged, the latest at each step. At most 1000 runs. Two runs differ by chance: the verdict says what these sizes can show.",
  body: CompareBody,
  responses: { 200: CompareResponse },
});

export const compareCurves = endpoint({
  method: "POST",
  path: "/compare/curves",
  tag,
  summary: "Mean, median and spread of each group over the steps, for a chart",
  body: CurvesBody,
  responses: { 200: CurvesResponse },
});

export const listComparisons = endpoint({
  method: "GET",
  path: "/comparisons",
  tag,
  summary: "Saved comparisons, newest first",
  query: ListComparisonsQuery,
  responses: { 200: SavedComparisonPage },
});

export const saveComparison = endpoint({
  method: "POST",
  path: "/comparisons",
  tag,
  summary: "Save a comparison under a name; its figures are computed anew whenever it is opened",
  body: SaveComparisonBody,
  responses: { 201: SavedComparison },
});

export const getComparison = endpoint({
  method: "GET",
  path: "/comparisons/{comparison_id}",
  tag,
  summary: "A saved comparison",
  params: ComparisonParams,
  responses: { 200: SavedComparison },
});

export const updateComparison = endpoint({
  method: "PATCH",
  path: "/comparisons/{comparison_id}",
  tag,
  summary: "Rename, annotate or replace a saved comparison",
  params: ComparisonParams,
  body: UpdateComparisonBody,
  responses: { 200: SavedComparison },
});

export const deleteComparison = endpoint({
  method: "DELETE",
  path: "/comparisons/{comparison_id}",
  tag,
  summary: "Delete a saved comparison; the runs stay",
  params: ComparisonParams,
  responses: { 204: null },
});
