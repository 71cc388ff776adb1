import { heavyRequests } from "./stalls-cases";

/** A request that takes longer is given up, as a client would. */
const GIVEN_UP_MS = 60_000;

let requests: ReturnType<typeof heavyRequests> = [];

/** First the server's address, then which request to send, the how manieth time; answers with the status. */
process.on("message", (message: string | { index: number; i: number }) => {
  if (typeof message === "string") {
    requests = heavyRequests(message);
    process.send?.(0);
    return;
  }
  const request = requests[message.index];
  if (!request) throw new Error("there is no such case");
  void request(message.i, AbortSignal.timeout(GIVEN_UP_MS)).then((status) => process.send?.(status));
});
