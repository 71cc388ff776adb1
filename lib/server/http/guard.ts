import "server-only";
import { env } from "../env";
import { ServiceError } from "../errors";

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

const hostName = (host: string): string => host.toLowerCase().replace(/:\d+$/, "");

export function isAllowedHost(host: string | null): host is string {
  return host !== null && (LOOPBACK.has(hostName(host)) || env().allowedHosts.includes(hostName(host)));
}

/**
 * A page on another site must not reach a server on this machine through the visitor's browser: its requests carry a
 * foreign Origin, or, where a name was rebound to this address, a foreign Host.
 * @throws ServiceError forbidden
 */
export function guardOrigin(headers: { get(name: string): string | null }): void {
  const host = headers.get("host");
  if (!isAllowedHost(host)) {
    throw new ServiceError("forbidden", `the Host ${host ?? "(none)"} is not one that this server goes by`);
  }
  const origin = headers.get("origin");
  if (origin !== null && !isOwnOrigin(origin, host)) {
    throw new ServiceError("forbidden", `requests from ${origin} are not taken`);
  }
  if (headers.get("sec-fetch-site") === "cross-site") {
    throw new ServiceError("forbidden", "requests from other sites are not taken");
  }
}

function isOwnOrigin(origin: string, host: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}
