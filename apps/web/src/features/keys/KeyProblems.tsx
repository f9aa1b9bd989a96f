import type { KeyReport } from "@peering-desk/shared-schemas"
import { AtlasSays } from "#ui/AtlasSays.tsx"
import { Copyable } from "#ui/Copyable.tsx"
import { Notice } from "#ui/Notice.tsx"

/** Why keys can't be used or what they miss, and what to do. */
export function KeyProblems({ keys }: { keys: readonly KeyReport[] }) {
  return keys.flatMap(({ label, problem, shortcomings }) => [
    ...(problem === null
      ? []
      : [
          <Notice key={label} tone="failed" title={`${label}: ${problem.means}`}>
            {problem.fix !== null && <p>{problem.fix}</p>}
            {problem.addressSeen !== null && (
              <p>
                Address of this server, seen by Atlas:{" "}
                <Copyable value={problem.addressSeen} label="address seen by Atlas" />
              </p>
            )}
            {problem.atlas !== null && <AtlasSays {...problem.atlas} />}
          </Notice>,
        ]),
    ...shortcomings.map(({ projectId, says }) => (
      <Notice key={`${label} ${projectId}`} tone="you" title={says} />
    )),
  ])
}
