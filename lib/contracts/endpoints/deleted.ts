import { DeletedPage, DeletedQuery } from "../deleted";
import { endpoint } from "../endpoint";

export const listDeleted = endpoint({
  method: "GET",
  path: "/deleted",
  tag: "deleted",
  summary: "What was deleted and can be restored, the latest first",
  description: "Runs, projects or notification channels; each is restored at its own address.",
  query: DeletedQuery,
  responses: { 200: DeletedPage },
});
