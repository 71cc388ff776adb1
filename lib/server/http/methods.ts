import "server-only";
import { ENDPOINTS } from "@/lib/contracts/endpoints/all";

interface Place {
  pattern: RegExp;
  parameters: number;
  methods: Set<string>;
}

/** Every path of the API with the methods it takes; one without parameters comes before those that it would match too. */
function places(): Place[] {
  const found = new Map<string, Place>();
  for (const { method, path } of ENDPOINTS) {
    const place = found.get(path) ?? {
      pattern: new RegExp(`^/api/v1${path.replaceAll(".", "\\.").replace(/\{\w+\}/g, "[^/]+")}$`),
      parameters: path.split("{").length,
      methods: new Set<string>(),
    };
    place.methods.add(method);
    if (method === "GET") place.methods.add("HEAD");
    found.set(path, place);
  }
  return [...found.values()].sort((a, b) => a.parameters - b.parameters);
}

const NOT_OF_VERSION_1: Place = {
  pattern: /^\/api\/(health|ready)$/,
  parameters: 0,
  methods: new Set(["GET", "HEAD"]),
};

let known: Place[] | undefined;

/** The methods of a path of the API when `method` is none of them; null when it is one, or the path is not of the API. */
export function methodsInstead(method: string, path: string): string[] | null {
  known ??= [NOT_OF_VERSION_1, ...places()];
  if (method === "OPTIONS") return null;
  const place = known.find(({ pattern }) => pattern.test(path));
  return !place || place.methods.has(method) ? null : [...place.methods, "OPTIONS"];
}
