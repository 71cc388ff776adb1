import { endpoint } from "../endpoint";
import { ListViewsQuery, SaveViewBody, UpdateViewBody, View, ViewPage, ViewParams } from "../views";

const tag = "views";

export const listViews = endpoint({
  method: "GET",
  path: "/views",
  tag,
  summary: "Saved views of a project's runs, or of all runs, oldest first",
  query: ListViewsQuery,
  responses: { 200: ViewPage },
});

export const saveView = endpoint({
  method: "POST",
  path: "/views",
  tag,
  summary: "Keep a view of the runs table by name",
  body: SaveViewBody,
  responses: { 201: View },
});

export const updateView = endpoint({
  method: "PATCH",
  path: "/views/{view_id}",
  tag,
  summary: "Rename a saved view, or replace what it shows",
  params: ViewParams,
  body: UpdateViewBody,
  responses: { 200: View },
});

export const deleteView = endpoint({
  method: "DELETE",
  path: "/views/{view_id}",
  tag,
  summary: "Delete a saved view",
  params: ViewParams,
  responses: { 204: null },
});
