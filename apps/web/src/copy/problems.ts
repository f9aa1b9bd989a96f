import type { AtlasRefusal, ProblemCode } from "@peering-desk/shared-schemas"
import { RequestError } from "#api/request-error.ts"
import { problemTexts, type ProblemText } from "./problem-texts.ts"

/** A failed call in words, ready for `ProblemNotice`. */
export interface ProblemWords extends ProblemText {
  /** The server's addition about this case. */
  detail: string | null
  /** Field of the request → its mistake. */
  fields: Readonly<Record<string, string>>
  /** Atlas's words and code, unchanged. */
  atlas: AtlasRefusal | null
  requestId: string | null
  code: ProblemCode | null
  retryAfterSeconds: number | null
}

const nothingMore = {
  detail: null,
  fields: {},
  atlas: null,
  requestId: null,
  code: null,
  retryAfterSeconds: null,
}

/** Advice about a lost answer by the kind of request: only some may be sent twice. */
const lostAnswerAdvice = {
  change:
    "The change may have been made. This page shows what Atlas has: compare it with what you sent before you send it again.",
  delete:
    "The connection may be on its way out; this page says so as soon as Atlas does. Asking once more is safe: it can only go once.",
  "access-list": "The entry may be there. Asking once more is safe: Atlas keeps one of the same.",
}

/** A request to Atlas that can lose its answer. */
export type LostRequest = keyof typeof lostAnswerAdvice

/** Returns the words for a code; those of `internal_error` for a code of a newer server. */
export function getProblemText(code: ProblemCode): ProblemText {
  return Object.hasOwn(problemTexts, code) ? problemTexts[code] : problemTexts.internal_error
}

/** Describes a problem that a poller had rather than a call of this page: it has no request id. */
export function toCodeWords(code: ProblemCode, atlas: AtlasRefusal | null = null): ProblemWords {
  return { ...nothingMore, ...getProblemText(code), atlas }
}

/**
 * Describes a failed call. Any other error is a bug of this page.
 * @param asked what was asked of Atlas, where its answer can be lost
 */
export function toProblemWords(error: unknown, asked?: LostRequest): ProblemWords {
  if (!(error instanceof RequestError)) {
    return {
      ...nothingMore,
      title: "This page has a fault",
      advice: "Reload it. What was sent to Atlas stays as it is.",
    }
  }
  const { failure } = error
  switch (failure.reason) {
    case "refused": {
      const { code, requestId, detail = null, fields = {}, atlas, retryAfterSeconds = null } = failure.problem
      const text = getProblemText(code)
      const advice = code === "outcome_unknown" && asked !== undefined ? lostAnswerAdvice[asked] : text.advice
      return { ...text, advice, code, requestId, detail, fields, atlas: atlas ?? null, retryAfterSeconds }
    }
    case "unreachable":
      return {
        ...nothingMore,
        title: "This server cannot be reached",
        advice:
          "Check your own network. If you were sending something, it may have arrived; sending it again from this page creates nothing twice.",
      }
    case "unreadable":
      return {
        ...nothingMore,
        title: "The server answered something unexpected",
        advice: "A proxy in between may have answered, or this page comes from an older version. Reload it.",
        detail: `HTTP ${failure.status}`,
      }
  }
}
