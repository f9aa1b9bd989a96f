import type { AuditFlaw } from "@peering-desk/shared-schemas"
import { Link } from "wouter"
import { flawWords } from "#copy/audit-proof.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import styles from "./audit.module.css"

/** Lists the flaws of the audit log, with who acknowledged each of them and why. */
export function FlawList({ flaws }: { flaws: readonly AuditFlaw[] }) {
  return (
    <ul className={`grid gap-4 ${styles.reach}`} aria-label="Flaws">
      {flaws.map(({ sequence, kind, recordedAt, acknowledged }) => (
        <li key={`${sequence} ${recordedAt}`}>
          {flawWords[kind](sequence)} <FoundIn recordedAt={recordedAt} />
          {acknowledged === null ? (
            "Not acknowledged."
          ) : (
            <>
              Acknowledged by {acknowledged.by} on <Timestamp at={acknowledged.at} />: “{acknowledged.reason}
              ”.{" "}
              <Link href={pagePaths.auditRow(acknowledged.sequence)}>Open entry {acknowledged.sequence}</Link>
            </>
          )}
        </li>
      ))}
    </ul>
  )
}

/** Links to the entry that records a flaw, once there is one. */
export function FoundIn({ recordedAt }: Pick<AuditFlaw, "recordedAt">) {
  if (recordedAt === null) return null
  return (
    <>
      Found in <Link href={pagePaths.auditRow(recordedAt)}>entry {recordedAt}</Link>.{" "}
    </>
  )
}
