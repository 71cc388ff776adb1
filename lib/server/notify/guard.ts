import "server-only";
import { type LookupAddress, promises as dns } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { env } from "../env";
import { isPublicAddress } from "./addresses";
import { Undeliverable } from "./undeliverable";

const PRIVATE = "is not on the public Internet; LRSCOPE_NOTIFY_PRIVATE=1 allows such addresses";

/** Why nothing may be sent to an address, as far as its text tells; null when it may, or only its name's look-up can say. */
export function refusalOf(host: string): string | null {
  const plain = bare(host);
  if (env().notifyPrivate) return null;
  const isLocal = plain === "localhost" || plain.endsWith(".localhost");
  return isLocal || (isIP(plain) !== 0 && !isPublicAddress(plain)) ? PRIVATE : null;
}

/**
 * The addresses of a host, every one of them allowed. What connects must use these and not ask again: a second answer
 * could be another one.
 * @throws Undeliverable when the name is unknown or any of its addresses is refused
 */
export async function resolveAllowed(host: string, signal: AbortSignal): Promise<LookupAddress[]> {
  const name = bare(host);
  const found = await until(signal, dns.lookup(name, { all: true, verbatim: false })).catch(
    (error: unknown) => {
      if (signal.aborted) throw error;
      throw new Undeliverable(`the name ${name} cannot be resolved`, { again: true });
    },
  );
  if (!env().notifyPrivate && !found.every(({ address }) => isPublicAddress(address)))
    throw new Undeliverable(`${name} ${PRIVATE}`, { again: false });
  return found;
}

/** Answers with what was checked, whatever it is asked for. */
export function pinnedTo(addresses: readonly LookupAddress[]): LookupFunction {
  return (_host, options, callback) => {
    const [first] = addresses;
    if (options.all) callback(null, [...addresses]);
    else if (first) callback(null, first.address, first.family);
    else callback(new Error("no address"), "");
  };
}

/** An IPv6 address in a URL stands in brackets. */
const bare = (host: string): string => host.replace(/^\[(.*)\]$/, "$1").toLowerCase();

/** A look-up cannot be stopped, but need not be waited for. */
function until<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new Error("timed out"));
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}
