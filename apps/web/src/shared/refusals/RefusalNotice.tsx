import { lazy, Suspense } from "react"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"
import type { RefusalProps } from "./refusal-props.ts"

// The catalogue of refusals is large, and most calls meet none.
const ExplainedRefusal = lazy(async () => ({
  default: (await import("./ExplainedRefusal.tsx")).ExplainedRefusal,
}))

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
