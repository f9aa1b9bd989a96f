import { explainRefusal } from "@peering-desk/peering-rules"
import { RequestError } from "#api/request-error.ts"
import { Notice } from "#ui/Notice.tsx"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"
import { toProblemWords } from "#wording/problem-words.ts"

/** Why a change did not happen: a refusal of Atlas that we know in plain words, with Atlas's own below. */
export function ChangeProblem({ error, shownFields }: { error: unknown; shownFields: readonly string[] }) {
  const problem = error instanceof RequestError ? error.problem : null
  const words = toProblemWords(error)
  const elsewhere = Object.entries(problem?.fields ?? {}).filter(([name]) => !shownFields.includes(name))
  if (problem?.fields !== undefined && elsewhere.length === 0) return null
  const explanation =
    problem?.atlas === undefined
      ? null
      : explainRefusal({ refusal: problem.atlas, request: null, here: null })
  if (problem?.atlas === undefined || explanation?.isKnown !== true) {
    const detail = [words.detail, ...elsewhere.map(([name, wrong]) => `${name}: ${wrong}`)].filter(Boolean)
    return <ProblemNotice {...words} detail={detail.join(" · ") || null} announce />
  }
  const { errorCode, detail, status } = problem.atlas
  return (
    <Notice tone="failed" title={explanation.what} announce>
      <p>{problem.detail ?? explanation.todo}</p>
      <p>
        Atlas says <code>{errorCode}</code> (HTTP {status}){detail !== null && `: ${detail}`}. Request id{" "}
        <code>{problem.requestId}</code>
      </p>
    </Notice>
  )
}
