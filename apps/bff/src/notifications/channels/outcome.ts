/** The outcome of an attempt, in words that hold nothing of the target's answer. */
export type Outcome =
  | { ok: true; answer: string }
  | {
      ok: false
      answer: string
      /** The receiver says that it is gone for good. */
      gone?: true
      /** The receiver asks for this pause. */
      retryAfterMs?: number
    }
