import { fillPause, toKeyWords } from "@peering-desk/peering-rules"
import type { AtlasRefusal, KeyKind, ProblemCode } from "@peering-desk/shared-schemas"
import { RequestError } from "#api/request-error.ts"
import { ScriptNotLoaded } from "#ui/lazy-page.ts"
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
  change: "The change may have been made. Compare this page with what you sent before you try again.",
  delete: "The connection may be deleted already. Trying again is safe.",
  "access-list": "The entry may be there already. Trying again is safe.",
}

/** Advice about a lost answer of the server itself. */
const mayBeDone = "It may have been done already: look before you try again."

/** A request to Atlas that can lose its answer. */
export type LostRequest = keyof typeof lostAnswerAdvice

/**
 * Returns the words for a code; those of `internal_error` for a code of a newer server.
 * @param kind of the Atlas credential that the problem is about; undefined for an API key
 * @param pause seconds until the next try; null when they are not known
 */
export function getProblemText(code: ProblemCode, kind?: KeyKind, pause: number | null = null): ProblemText {
  const { title, advice } = Object.hasOwn(problemTexts, code)
    ? problemTexts[code]
    : problemTexts.internal_error
  return { title: toKeyWords(title, kind), advice: fillPause(toKeyWords(advice, kind), pause) }
}

/** Lists the mistakes of fields that the page lacks, with their names in the request. */
export function listUnshown(fields: ProblemWords["fields"], isShown: (name: string) => boolean): string[] {
  const unshown = Object.entries(fields).filter(([name]) => !isShown(name))
  return unshown.map(([name, says]) => `${name}: ${says}`)
}

/** Describes a problem that a poller had rather than a call of this page: it has no request id. */
export function toCodeWords(code: ProblemCode, atlas: AtlasRefusal | null = null): ProblemWords {
  return { ...nothingMore, ...getProblemText(code, atlas?.keyKind), atlas }
}

/**
 * Describes a failed call. Any other error is a bug of this page.
 * @param asked what was asked of Atlas, where its answer can be lost
 */
export function toProblemWords(error: unknown, asked?: LostRequest): ProblemWords {
  if (error instanceof ScriptNotLoaded) {
    return {
      ...nothingMore,
      title: "Can't load this page",
      advice: "Check your network. If Peering Desk was just updated, reload the page.",
    }
  }
  if (!(error instanceof RequestError)) {
    return {
      ...nothingMore,
      title: "Something broke on this page",
      advice: "Reload the page. Requests sent to Atlas are not affected.",
    }
  }
  const { failure } = error
  const lostAnswer = asked === undefined ? mayBeDone : lostAnswerAdvice[asked]
  switch (failure.reason) {
    case "refused": {
      const { code, requestId, detail = null, fields = {}, atlas, retryAfterSeconds = null } = failure.problem
      const text = getProblemText(code, atlas?.keyKind, retryAfterSeconds)
      const words = { ...text, atlas: atlas ?? null, code, requestId, detail, fields, retryAfterSeconds }
      if (code === "outcome_unknown" && asked !== undefined) words.advice = lostAnswerAdvice[asked]
      return words
    }
    case "unreachable":
      return {
        ...nothingMore,
        title: "Can't reach the server",
        advice: failure.isChange
          ? `Check your network. ${lostAnswer}`
          : "Check your network, then try again.",
      }
    case "unreadable":
      return {
        ...nothingMore,
        title: "Unexpected answer from the server",
        advice: failure.isChange
          ? `A proxy may have answered. ${lostAnswer}`
          : "A proxy may have answered, or this page is from an older version. Reload the page.",
        detail: `HTTP ${failure.status}`,
      }
  }
}
