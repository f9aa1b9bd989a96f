import { createHash } from "node:crypto"
import type { Peering, PeeringRequest } from "@peering-desk/shared-schemas"
import { AppError } from "#base/app-error.ts"

/** How far one create has come. `unknown`: it was sent and its answer was lost; it may only be looked up, not sent again. */
type CreateAttempt =
  | { state: "running" }
  | { state: "created"; peering: Peering }
  | { state: "unknown"; knownBefore: ReadonlySet<string> }

const keptAttempts = 1_000

/** Remembers creates by their Idempotency-Key, so that the same form sent twice is one request at Atlas. */
export class CreateAttempts {
  readonly #attempts = new Map<string, { bodyHash: string; attempt: CreateAttempt }>()

  /** The attempt under a key, if there is one. Throws when it is still running or was for another body. */
  find(key: string, request: PeeringRequest): Exclude<CreateAttempt, { state: "running" }> | null {
    const kept = this.#attempts.get(key)
    if (kept === undefined) return null
    if (kept.bodyHash !== toBodyHash(request)) {
      throw new AppError("idempotency_key_reused", {
        detail: "Send changed content under a new Idempotency-Key.",
      })
    }
    if (kept.attempt.state === "running") {
      throw new AppError("still_running", { detail: "Wait for its answer; it is not sent twice." })
    }
    return kept.attempt
  }

  set(key: string, request: PeeringRequest, attempt: CreateAttempt): void {
    this.#attempts.set(key, { bodyHash: toBodyHash(request), attempt })
    const [oldest] = this.#attempts.keys()
    if (this.#attempts.size > keptAttempts && oldest !== undefined) this.#attempts.delete(oldest)
  }

  /** Atlas gave a definite no: the same key may be sent again. */
  forget(key: string): void {
    this.#attempts.delete(key)
  }
}

function toBodyHash(request: PeeringRequest): string {
  const sorted = Object.entries(request).sort(([a], [b]) => a.localeCompare(b))
  return createHash("sha256").update(JSON.stringify(sorted)).digest("hex")
}
