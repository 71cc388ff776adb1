import { type NextRequest, NextResponse } from "next/server";
import { env } from "./lib/server/env";
import { isAllowedHost } from "./lib/server/http/guard";

/**
 * Pages only: the API checks its callers itself (lib/server/http/guard.ts), and files need no policy. A dot means a file
 * at the top alone, since a project's name may hold one.
 * The pattern must be a literal: Next reads it without running this file.
 */
export const config = { matcher: ["/((?!api/|ajax-api/|_next/|clients/|examples/|[^/]+\\.[a-z0-9]+$).*)"] };

/** Refuses a Host that is not ours, and gives every page a Content-Security-Policy with a nonce of its own. */
export function proxy(request: NextRequest): NextResponse {
  const host = request.headers.get("host");
  if (!isAllowedHost(host)) {
    return new NextResponse(
      `This server does not go by the name ${host ?? "(none)"}. Name it in LRSCOPE_ALLOWED_HOSTS to allow it.\n`,
      { status: 403, headers: { "content-type": "text/plain; charset=utf-8" } },
    );
  }
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const policy = contentSecurityPolicy(nonce, env().production);
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  // Next finds the nonce for its own scripts in the request's policy.
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

/** Development needs eval for React's messages and a socket for reloading. */
function contentSecurityPolicy(nonce: string, production: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${production ? "" : " 'unsafe-eval'"}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${production ? "" : " ws:"}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
