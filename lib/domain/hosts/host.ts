/** A server's name as requests carry it. */
export interface Host {
  /** In lower case, an IPv6 address in brackets, without a dot at the end. */
  name: string;
  /** null: not said, so the scheme's own. */
  port: number | null;
}

const FORM = /^(\[[\da-f:.]+\]|[^\s/?#@\\:[\]<>^|%"`{}]+)(?::(\d{1,5}))?$/i;
const MAX_PORT = 65_535;

/** Reads `name`, `name:port`, `[IPv6]` and `[IPv6]:port`; null for what is none of them. */
export function parseHost(text: string): Host | null {
  const [, name, port] = FORM.exec(text) ?? [];
  if (name === undefined || !URL.canParse(`http://${name}`)) return null;
  const number = port === undefined ? null : Number(port);
  if (number !== null && number > MAX_PORT) return null;
  // Writes an address in its one form: [0:0::1] is [::1].
  return { name: new URL(`http://${name}`).hostname.replace(/\.$/, ""), port: number };
}

/** An IPv6 address on a list may stand without its brackets. */
export const parseListedHost = (text: string): Host | null =>
  parseHost(/:.*:/.test(text) && !text.startsWith("[") ? `[${text}]` : text);

const DEFAULT_PORTS = [80, 443];

/** A listed name without a port stands for every port; with 80 or 443, also for a request that leaves the port out. */
export const isListed = (listed: readonly Host[], host: Host): boolean =>
  listed.some(
    ({ name, port }) =>
      name === host.name &&
      (port === null || port === host.port || (host.port === null && DEFAULT_PORTS.includes(port))),
  );
