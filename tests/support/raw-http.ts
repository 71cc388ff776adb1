import net from "node:net";

export interface RawAnswer {
  /** 0: nothing that looks like an answer came. */
  status: number;
  text: string;
}

/** Sends bytes as they are, and resolves with all that comes back until the server ends the connection. */
export function sendRaw(port: number, request: string): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const socket = net.connect(port, "127.0.0.1");
    let text = "";
    socket.setEncoding("latin1").on("data", (chunk: string) => (text += chunk));
    socket.on("error", () => undefined);
    socket.on("close", () => resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0), text }));
    socket.write(Buffer.from(request, "latin1"));
  });
}

/** A request with a Host, after whose answer the connection ends. */
export const rawRequest = (method: string, target: string, headers = "", body = ""): string =>
  `${method} ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${headers}\r\n${body}`;
