import { Suspense } from "react"
import { listUnshown } from "#copy/problems.ts"
import { ErrorBoundary } from "#ui/ErrorBoundary.tsx"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"
import type { RefusalProps } from "./refusal-props.ts"
import { lazyPage } from "#ui/lazy-page.ts"

// The catalogue of refusals is large and rarely needed.
const ExplainedRefusal = lazyPage(async () => (await import("./ExplainedRefusal.tsx")).ExplainedRefusal)

/** Explains a failed call. A known refusal of Atlas is explained with the project's data. */
export function RefusalNotice(props: RefusalProps) {
  const { words, announce = false, tone = "failed", actions, before = "", findField } = props
  const wrong = listUnshown(words.fields, (name) => (findField?.(name) ?? null) !== null)
  const detail = [words.detail, ...wrong].filter(Boolean).join(" · ") || null
  const plain = { ...words, title: `${before}${words.title}`, detail, tone, actions }
  const unknown = <ProblemNotice {...plain} announce={announce} />
  if (words.atlas === null) return unknown
  return (
    // A press on a button that is replaced would be lost, so the buttons come with the explanation.
    <ErrorBoundary isForScripts toFallback={() => unknown}>
      <Suspense fallback={<ProblemNotice {...plain} actions={null} />}>
        <ExplainedRefusal {...props} atlas={words.atlas} wrong={wrong} unknown={unknown} />
      </Suspense>
    </ErrorBoundary>
  )
}
