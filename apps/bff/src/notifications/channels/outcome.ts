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

/** Says why no answer came, by the system's code. */
export function toUnanswered(who: "target" | "mail server", code: string | undefined): Outcome {
  const isTls = /CERT|LEAF_SIGNATURE|HOSTNAME_MISMATCH|^ERR_(SSL|TLS)_|^E(TLS|PROTO)$/.test(code ?? "")
  const what = isTls ? `TLS with the ${who} failed` : `The ${who} was not reached`
  return { ok: false, answer: `${what} (${code ?? "unknown reason"})` }
}
