import type { Ready } from "@/lib/contracts/health";
import { isReady } from "@/lib/server/health";

export const dynamic = "force-dynamic";

/** Can it serve? 503 while the database cannot be used. */
export async function GET(): Promise<Response> {
  const ready = await isReady();
  const body: Ready = { status: ready ? "ok" : "unavailable" };
  return Response.json(body, { status: ready ? 200 : 503 });
}
