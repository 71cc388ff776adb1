import type { Health } from "@/lib/contracts/health";
import { VERSION } from "@/lib/server/version";

export const dynamic = "force-dynamic";

/** Is the process alive? Says nothing of the database. */
export function GET(): Response {
  return Response.json({ status: "ok", version: VERSION } satisfies Health);
}
