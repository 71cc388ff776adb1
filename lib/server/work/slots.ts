import "server-only";
import { ServiceError } from "../errors";

interface Waiting {
  take(): void;
}

/** Hands out a fixed number of slots, in the order in which they were asked for. So many may wait, and no more. */
export class Slots {
  private readonly queue = new Set<Waiting>();

  constructor(
    private free: number,
    private readonly mostWaiting: number,
  ) {}

  /** How many wait. */
  get waiting(): number {
    return this.queue.size;
  }

  /**
   * Resolves with what gives the slot back.
   * @throws ServiceError unavailable when too many wait already, and whatever `signal` was aborted with
   */
  async take(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.free > 0) this.free -= 1;
    else if (this.queue.size >= this.mostWaiting) throw full(this.mostWaiting);
    else await this.turn(signal);
    let given = false;
    return () => {
      if (given) return;
      given = true;
      this.next();
    };
  }

  private turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.queue.delete(place);
        reject(signal.reason);
      };
      const place: Waiting = {
        take: () => {
          signal.removeEventListener("abort", leave);
          resolve();
        },
      };
      signal.addEventListener("abort", leave, { once: true });
      this.queue.add(place);
    });
  }

  private next(): void {
    const [first] = this.queue;
    if (!first) {
      this.free += 1;
      return;
    }
    this.queue.delete(first);
    first.take();
  }
}

const full = (waiting: number): ServiceError =>
  new ServiceError(
    "unavailable",
    `the server is busy: ${waiting} requests for heavy work wait already; send the request again in a moment`,
  );
