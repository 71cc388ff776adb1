import "server-only";
import { BlockList, isIP } from "node:net";

/**
 * Every range that is not the public Internet: the IANA special-purpose registries (RFC 6890), multicast, and the
 * prefixes that carry an IPv4 address inside an IPv6 one. Link-local holds the clouds' metadata servers.
 */
const IPV4: readonly (readonly [string, number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
];
/** Unicast is 2000::/3; these are the parts of it that are not for everyone. */
const IPV6: readonly (readonly [string, number])[] = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
];

const blocked4 = new BlockList();
for (const [net, prefix] of IPV4) blocked4.addSubnet(net, prefix, "ipv4");
const blocked6 = new BlockList();
for (const [net, prefix] of IPV6) blocked6.addSubnet(net, prefix, "ipv6");
const unicast6 = new BlockList();
unicast6.addSubnet("2000::", 3, "ipv6");

/** True for an address on the public Internet. A text that is no address is none. */
export function isPublicAddress(address: string): boolean {
  const [plain = ""] = address.split("%");
  const version = isIP(plain);
  if (version === 4) return !blocked4.check(plain, "ipv4");
  if (version === 6) return unicast6.check(plain, "ipv6") && !blocked6.check(plain, "ipv6");
  return false;
}
