import { expect, type APIRequestContext } from "@playwright/test";
import { LogMetricsResponse } from "@/lib/contracts/metrics";

export const PLATEAU_RUN = "e2e-plateau";

/** A training job as the API sees one: it logs, and does what the reply says. */
export class Job {
  private constructor(
    private readonly request: APIRequestContext,
    readonly id: string,
  ) {}

  static async start(
    request: APIRequestContext,
    body: { id: string; project: string; [field: string]: unknown },
  ) {
    const response = await request.post("/api/v1/runs", { data: body });
    expect(response.status(), await response.text()).toBe(201);
    return new Job(request, body.id);
  }

  async log(points: { step: number; metrics: Record<string, number | string> }[], acks: object[] = []) {
    const response = await this.request.post(`/api/v1/runs/${this.id}/metrics`, { data: { points, acks } });
    expect(response.status(), await response.text()).toBe(200);
    return LogMetricsResponse.parse(await response.json());
  }

  async finish() {
    const response = await this.request.post(`/api/v1/runs/${this.id}/finish`);
    expect(response.status()).toBe(200);
  }
}
