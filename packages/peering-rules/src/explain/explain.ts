import { say, type Act, type ExplanationEntry, type Subject } from "./explanation.ts"
import { containerExplanations } from "./container-explanations.ts"
import { projectExplanations } from "./project-explanations.ts"
import { requestExplanations } from "./request-explanations.ts"

/** A refusal of Atlas, explained; `isKnown` is false for a code that has no entry: then Atlas's own words stand alone. */
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

/** The codes that have an entry (Atlas: API error codes, those of peering, containers, access list and authentication). */
export const explainedCodes: readonly string[] = Object.keys(entries)

/** Says what a refusal means for the person. Never a bare code: unknown ones degrade to Atlas's words. */
export function explainRefusal(subject: Subject): Explanation {
  const { detail, status } = subject.refusal
  // The documentation still calls some of them WHITELIST; the wire says ACCESS_LIST.
  const code = subject.refusal.errorCode?.replace("WHITELIST", "ACCESS_LIST") ?? ""
  const entry = Object.hasOwn(entries, code) ? entries[code] : undefined
  const hasWords = detail !== null && detail.trim() !== ""
  if (entry === undefined)
    return {
      isKnown: false,
      what: hasWords ? detail : `Atlas answered with HTTP ${status} and no words.`,
      evidence: [],
      todo: null,
      act: null,
    }
  return {
    isKnown: true,
    what: say(entry.what, subject),
    evidence: entry.evidence(subject),
    todo: say(entry.todo, subject),
    act: entry.act(subject),
  }
}
