import "server-only";
import { isListed, parseHost } from "@/lib/domain/hosts/host";
import { env } from "../env";
import { ServiceError } from "../errors";

const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"].map((name) => ({ name, port: null }));

export function isAllowedHost(text: string | null): text is string {
  const host = text === null ? null : parseHost(text);
  return host !== null && (isListed(LOOPBACK, host) || isListed(env().allowedHosts, host));
}

/**
 * A page on another site must not reach a server on this machine through the visitor's browser: its requests carry a
 * foreign Origin, or, where a name was rebound to this address, a foreign Host.
 * @throws ServiceError forbidden
 */
export function guardOrigin(headers: { get(name: string): string | null }): void {
  const host = headers.get("host");
  if (!isAllowedHost(host)) {
    throw new ServiceError(
      "forbidden",
      `the Host ${host ?? "(none)"} is not one that this server goes by; LRSCOPE_ALLOWED_HOSTS can name it`,
    );
  }
  const origin = headers.get("origin");
  if (origin !== null && !isOwnOrigin(origin, host)) {
    throw new ServiceError("forbidden", `requests from ${origin} are not taken`);
  }
  if (headers.get("sec-fetch-site") === "cross-site") {
    throw new ServiceError("forbidden", "requests from other sites are not taken");
  }
}

/** The same name, and the same port where one is left out because it is the scheme's own. */
function isOwnOrigin(origin: string, host: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, host: from } = new URL(origin);
  const [ours, theirs] = [parseHost(host), parseHost(from)];
  const own = protocol === "https:" ? 443 : 80;
  return ours !== null && ours.name === theirs?.name && (ours.port ?? own) === (theirs.port ?? own);
}
