import { readiness } from "@/lib/server/health";

export const dynamic = "force-dynamic";

/** Can it serve? 503 while the database cannot be used, with what is wrong. */
export async function GET(): Promise<Response> {
  const ready = await readiness();
  return Response.json(ready, { status: ready.status === "ok" ? 200 : 503 });
}
