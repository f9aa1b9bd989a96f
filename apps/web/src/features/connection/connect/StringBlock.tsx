import type { StringChoice } from "@peering-desk/peering-rules"
import { Pill } from "#ui/marks/Pill.tsx"
import { Notice } from "#ui/Notice.tsx"
import styles from "./connect.module.css"

/** Why a connection string is the one to use, and the one often used by mistake; or why there is none yet. */
export function StringBlock({ choice }: { choice: StringChoice }) {
  if (choice.kind === "not-ready")
    return (
      <p>
        <Pill tone="atlas">Not ready yet</Pill> {choice.why} {choice.next}
      </p>
    )
  return (
    <>
      <div>
        <p>
          <code className={`edge-strong small ${styles.name}`}>{choice.name}</code> {choice.why}
        </p>
        <p className="quiet">{choice.wrong.why}</p>
      </div>
      {choice.warnings.map((warning) => (
        <Notice key={warning} tone="you" title={warning} />
      ))}
    </>
  )
}
