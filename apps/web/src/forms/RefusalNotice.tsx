import type { About } from "@peering-desk/peering-rules"
import { lazy, Suspense, type ReactNode } from "react"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"
import type { ProblemWords } from "#wording/reading-problem-words.ts"

// The catalogue of refusals is large, and most calls meet none.
const ExplainedRefusal = lazy(async () => ({
  default: (await import("./ExplainedRefusal.tsx")).ExplainedRefusal,
}))

export interface RefusalProps {
  words: ProblemWords
  /** The project in which it was asked; null for what is asked of all. */
  projectId: string | null
  /** What the call was about. */
  about?: About
  /** How to go to a field of the request from a button in its form; null for one that is not on the page. */
  findField?: (name: string) => ((button: HTMLButtonElement) => void) | null
  /** Reads it out when it appears: for answers to something the person just did. */
  announce?: boolean
  /** `you` for what nobody has just asked for. */
  tone?: "failed" | "you"
  actions?: ReactNode
  /** Stands before the title: what of several things it is about. */
  before?: string
}

/** Why a call failed. What Atlas refused is explained with the person's own data, as far as the refusal is known. */
export function RefusalNotice(props: RefusalProps) {
  const { words, announce = false, tone = "failed", actions, before = "", findField } = props
  const wrong = Object.entries(words.fields)
    .filter(([name]) => (findField?.(name) ?? null) === null)
    .map(([name, says]) => `${name}: ${says}`)
  const detail = [words.detail, ...wrong].filter(Boolean).join(" · ") || null
  const plain = { ...words, title: `${before}${words.title}`, detail, tone, actions }
  if (words.atlas === null) return <ProblemNotice {...plain} announce={announce} />
  return (
    <Suspense fallback={<ProblemNotice {...plain} />}>
      <ExplainedRefusal
        {...props}
        atlas={words.atlas}
        wrong={wrong}
        unknown={<ProblemNotice {...plain} announce={announce} />}
      />
    </Suspense>
  )
}
