import { headers } from "next/headers";

/** Where this server is reached, as the browser wrote it: `http://127.0.0.1:3000`. */
export async function requestOrigin(): Promise<string> {
  const head = await headers();
  return `${head.get("x-forwarded-proto") ?? "http"}://${head.get("host") ?? "127.0.0.1:3000"}`;
}
