import type {
  AtlasRefusal,
  Container,
  PreflightAnswer,
  ProblemCode,
  ReadinessCheck,
} from "@peering-desk/shared-schemas"

interface AppErrorDetails {
  /** Shown to the person: what was wrong and what to do. Never holds a secret. */
  detail?: string
  /** Field of the request body → what is wrong with it. */
  fields?: Record<string, string>
  /** Atlas's own answer. */
  atlas?: AtlasRefusal
  /** The plan that was refused or has changed. */
  preflight?: PreflightAnswer
  /** A resource created before a later step failed. */
  made?: Container
  retryAfterSeconds?: number
  /** From `/readyz`: everything that was checked. */
  checks?: ReadinessCheck[]
  /** Logged, never shown. */
  cause?: unknown
}

/** A failure we have a code for. Everything else that is thrown is a defect and becomes `internal_error`. */
export class AppError extends Error {
  readonly code: ProblemCode
  readonly shown: Omit<AppErrorDetails, "cause">

  constructor(code: ProblemCode, { cause, ...shown }: AppErrorDetails = {}) {
    super(shown.detail ?? code, { cause })
    this.name = "AppError"
    this.code = code
    this.shown = shown
  }

  /** Returns the same failure with words or values that say more. */
  explain(more: Omit<AppErrorDetails, "cause">): AppError {
    return new AppError(this.code, { ...this.shown, ...more, cause: this })
  }
}

/** Returns an AppError as it is. Anything else becomes the cause of one with the code `unforeseen`. */
export function toAppError(thrown: unknown, unforeseen: "internal_error" | "outcome_unknown"): AppError {
  return thrown instanceof AppError ? thrown : new AppError(unforeseen, { cause: thrown })
}

/** Makes a handler for `catch` that returns null for a failure with one of these codes, or with any code where none is given. */
export function ignoring(...codes: readonly ProblemCode[]): (thrown: unknown) => null {
  return (thrown) => {
    if (thrown instanceof AppError && (codes.length === 0 || codes.includes(thrown.code))) return null
    throw thrown
  }
}
