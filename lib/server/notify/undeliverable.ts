import "server-only";

/** Why a message was not sent, in words that a person reads. */
export class Undeliverable extends Error {
  override readonly name = "Undeliverable";
  /** Whether another try may help. */
  readonly again: boolean;

  constructor(message: string, { again }: { again: boolean }) {
    super(message);
    this.again = again;
  }
}

const WORDS: Record<string, string> = {
  ECONNREFUSED: "the connection was refused",
  ECONNRESET: "the connection was cut",
  EHOSTUNREACH: "the host cannot be reached",
  ENETUNREACH: "the network cannot be reached",
  EPIPE: "the connection was cut",
  ETIMEDOUT: "there was no answer in time",
  EAUTH: "the mail server refused the user name or the password",
  ETLS: "the connection could not be encrypted",
  EENVELOPE: "the mail server refused the sender or a recipient",
};
const LONGEST = 300;

/** Any failure to send as an `Undeliverable`. Node's own words may quote the address; they are kept out where ours do. */
export function asUndeliverable(error: unknown, timedOut: boolean): Undeliverable {
  if (error instanceof Undeliverable) return error;
  if (timedOut) return new Undeliverable("there was no answer in time", { again: true });
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const said = error instanceof Error ? error.message : String(error);
  const response = error instanceof Error && "response" in error ? ` (${String(error.response)})` : "";
  const words = WORDS[code];
  return new Undeliverable((words ? words + response : said).slice(0, LONGEST), { again: code !== "EAUTH" });
}
