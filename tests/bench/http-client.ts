import http from "node:http";

/** A keep-alive client with as little of its own cost as possible: it shares the two cores with the server. */
export class Client {
  private readonly agent: http.Agent;

  constructor(
    private readonly base: URL,
    connections: number,
  ) {
    this.agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  }

  /** @throws Error for any status but 2xx: a benchmark of refusals is none */
  request(method: string, path: string, body?: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const headers = body
        ? { "content-type": "application/json", "content-length": Buffer.byteLength(body) }
        : {};
      const { hostname, port } = this.base;
      const request = http.request(
        { hostname, port, path, method, agent: this.agent, headers },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("end", () => {
            const text = Buffer.concat(chunks).toString("utf8");
            const status = response.statusCode ?? 0;
            if (status >= 200 && status < 300) resolve(text);
            else reject(new Error(`${method} ${path} answered ${status}: ${text.slice(0, 300)}`));
          });
        },
      );
      request.on("error", reject);
      request.end(body);
    });
  }

  post(path: string, body: object): Promise<string> {
    return this.request("POST", path, JSON.stringify(body));
  }

  close(): void {
    this.agent.destroy();
  }
}
