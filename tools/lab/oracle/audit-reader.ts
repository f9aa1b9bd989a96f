import type { AuditPage, AuditRow } from "@peering-desk/shared-schemas"
import { readAuditPage, type Client } from "#tools/lab/chaos/client.ts"

/** An attempt of the audit log with what came of it so far. */
export interface Attempt {
  sequence: number
  action: string
  peeringId: string | null
  outcomes: { sequence: number; outcome: string | null; peeringId: string | null }[]
}

/** Reads the audit log as it grows. */
export class AuditReader {
  /** By the reason that a person gave. */
  readonly attempts = new Map<string, Attempt[]>()
  readonly #bySequence = new Map<number, Attempt>()
  #last = 0

  /** Reads what is new. Returns false when the server does not answer. */
  async read(client: Client): Promise<boolean> {
    const fresh: AuditRow[] = []
    for (let before: number | null | undefined; before !== null;) {
      const page: AuditPage | null = await readAuditPage(client, before)
      if (page === null) return false
      const news = page.rows.filter(({ sequence }) => sequence > this.#last)
      fresh.push(...news)
      before = news.length < page.rows.length ? null : page.nextBefore
    }
    // Several calls may have read the same rows meanwhile.
    for (const row of fresh.toReversed()) if (row.sequence > this.#last) this.#take(row)
    return true
  }

  #take({ sequence, kind, action, reason, outcome, peeringId, attemptSequence }: AuditRow): void {
    this.#last = sequence
    if (kind === "attempt" && reason !== null) {
      const attempt: Attempt = { sequence, action, peeringId, outcomes: [] }
      this.#bySequence.set(sequence, attempt)
      this.attempts.set(reason, [...(this.attempts.get(reason) ?? []), attempt])
    }
    if (attemptSequence !== null)
      this.#bySequence.get(attemptSequence)?.outcomes.push({ sequence, outcome, peeringId })
  }
}

/** Returns what the log calls a change now: the last word about its last attempt that has one. */
export function toLabel(attempts: readonly Attempt[]): string | null {
  const words = attempts.map(({ outcomes }) => outcomes.at(-1)?.outcome ?? null)
  return words.includes("done") ? "done" : (words.at(-1) ?? null)
}

/** Tells whether a label of a change that was sent has to become another one. */
export function isOpen(label: string | null): boolean {
  return label === null || label === "unknown"
}
