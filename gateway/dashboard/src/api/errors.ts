// What the gateway answers when something is wrong (AIP-193), as an exception.

/** One rule that a request breaks. */
export interface Violation {
  /** Path inside the request, "activities[0].date". */
  field: string;
  /** Stable UPPER_SNAKE_CASE code; empty when the server gave none. */
  reason: string;
  /** The server's sentence, English. */
  description: string;
}

interface ErrorDetail {
  '@type'?: string;
  reason?: string;
  metadata?: Record<string, string>;
  fieldViolations?: {field?: string; reason?: string; description?: string}[];
}

/** The body of every error answer. */
export interface ErrorBody {
  error?: {code?: number; status?: string; message?: string; details?: ErrorDetail[]};
}

/** A call that failed. `reason` is stable; NETWORK when no answer came, UNKNOWN when the answer says no reason. */
export class ApiError extends Error {
  constructor(
    readonly reason: string,
    message: string,
    readonly httpCode = 0,
    readonly violations: Violation[] = [],
    readonly metadata: Record<string, string> = {},
    readonly retryAfterSeconds = 0,
  ) {
    super(message);
    this.name = 'ApiError';
  }
  /** Whether the same call may go through later. */
  get retryable(): boolean {
    return this.httpCode === 0 || this.httpCode === 429 || this.httpCode >= 502;
  }
}

/** Reads an error answer; tolerates bodies that are no AIP-193 JSON. */
export function errorFromBody(httpCode: number, text: string, retryAfterSeconds = 0): ApiError {
  let body: ErrorBody = {};
  try {
    body = JSON.parse(text) as ErrorBody;
  } catch {
    // A proxy's HTML page, or nothing at all.
  }
  const details = body.error?.details ?? [];
  const info = details.find((detail) => detail['@type']?.endsWith('google.rpc.ErrorInfo'));
  const violations = details
    .flatMap((detail) => detail.fieldViolations ?? [])
    .map(({field = '', reason = '', description = ''}) => ({field, reason, description}));
  const reason = info?.reason ?? violations.find((violation) => violation.reason)?.reason ?? 'UNKNOWN';
  const message = body.error?.message ?? `HTTP ${httpCode}`;
  return new ApiError(reason, message, httpCode, violations, info?.metadata ?? {}, retryAfterSeconds);
}

/** Whether an exception says that the caller itself gave up. */
export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}
