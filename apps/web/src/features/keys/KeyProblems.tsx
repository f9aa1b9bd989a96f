import type { KeyReport } from "@peering-desk/shared-schemas"
import { AtlasSays } from "#ui/AtlasSays.tsx"
import { Copyable } from "#ui/Copyable.tsx"
import { Notice } from "#ui/Notice.tsx"
import { toDeprecationWords } from "#copy/keys.ts"

/** Why keys can't be used, what they miss and what Atlas will withdraw, and what to do. */
export function KeyProblems({ keys }: { keys: readonly KeyReport[] }) {
  return keys.map((report) => <ProblemsOfKey key={report.label} report={report} />)
}

function ProblemsOfKey({ report }: { report: KeyReport }) {
  const { label, problem, secret, shortcomings } = report
  const deprecation = toDeprecationWords(report)
  return (
    <>
      {problem !== null && (
        <Notice tone="failed" title={`${label}: ${problem.means}`}>
          {problem.fix !== null && <p>{problem.fix}</p>}
          {problem.addressSeen !== null && (
            <p>
              Address of this server, seen by Atlas:{" "}
              <Copyable value={problem.addressSeen} label="address seen by Atlas" />
            </p>
          )}
          {problem.atlas !== null && <AtlasSays {...problem.atlas} />}
        </Notice>
      )}
      {secret !== null && secret.says !== null && (
        <Notice tone={secret.warning === "within-30-days" ? "you" : "failed"} title={secret.says} />
      )}
      {shortcomings.map(({ projectId, says }) => (
        <Notice key={projectId} tone="you" title={says} />
      ))}
      {deprecation !== null && (
        <Notice tone="you" title={deprecation.title}>
          <p>
            {report.apiVersion === "v1.0"
              ? "Service accounts use v2. Replace this key with one before then."
              : "Update Peering Desk before then."}
          </p>
          <ul>
            {deprecation.lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  )
}
