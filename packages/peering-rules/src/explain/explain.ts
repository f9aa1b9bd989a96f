import { toKeyWords } from "#draft/key-noun.ts"
import { isPolicyCode } from "@peering-desk/shared-schemas"
import { correctField, fillIn, toFieldEvidence } from "./explain-field.ts"
import type { Act, ExplanationEntry, Subject } from "./explanation.ts"
import { containerExplanations } from "./container-explanations.ts"
import { projectExplanations } from "./project-explanations.ts"
import { fillPause } from "./pause.ts"
import { requestExplanations } from "./request-explanations.ts"

/** An explained refusal of Atlas. `isKnown` is false for a code without an entry; then only Atlas's words are shown. */
export interface Explanation {
  isKnown: boolean
  what: string
  evidence: string[]
  todo: string | null
  act: Act | null
}

const entries: Readonly<Record<string, ExplanationEntry>> = {
  ...requestExplanations,
  ...containerExplanations,
  ...projectExplanations,
}

/** The codes with an entry (Atlas: API error codes of peering, containers, access list and authentication). */
export const explainedCodes: readonly string[] = Object.keys(entries)

/** Explains a refusal to the person. Never shows a bare code: an unknown one falls back to Atlas's words. */
export function explainRefusal(subject: Subject): Explanation {
  const { detail, status } = subject.refusal
  // The documentation still calls some of them WHITELIST; the wire says ACCESS_LIST.
  const named = subject.refusal.errorCode?.replace("WHITELIST", "ACCESS_LIST") ?? ""
  // Of the codes about resource policies one is known.
  const code = isPolicyCode(named) ? "ATLAS_RESOURCE_POLICIES_VIOLATION_NOT_AUTHORIZED" : named
  const entry = Object.hasOwn(entries, code) ? entries[code] : undefined
  const hasWords = detail !== null && detail.trim() !== ""
  if (entry === undefined)
    return {
      isKnown: false,
      what: hasWords ? detail : `Atlas answered HTTP ${status} without a message.`,
      evidence: [],
      todo: null,
      act: null,
    }
  return { isKnown: true, ...renderEntry(entry, subject) }
}

function renderEntry(entry: ExplanationEntry, subject: Subject): Omit<Explanation, "isKnown"> {
  const { what, todo, fields, evidence, act } = entry
  const say = (words: typeof what) =>
    toKeyWords(
      typeof words === "string" ? fillIn(words, subject, fields ?? []) : words(subject),
      subject.refusal.keyKind,
    )
  const button = typeof act === "string" ? { kind: act } : act === null ? null : act?.(subject)
  return {
    what: say(what),
    evidence: evidence?.(subject) ?? (fields === undefined ? [] : toFieldEvidence(subject, fields)),
    todo: fillPause(say(todo), subject.retryAfterSeconds ?? null),
    act: button !== undefined ? button : fields === undefined ? null : correctField(subject, fields),
  }
}
