import "server-only";
import { ServiceError } from "../errors";

/** What was asked for is more than one request may take, and will be when it is asked for again. */
export class WorkLimitError extends ServiceError {}
