import { useState } from "react"
import { Link } from "wouter"
import { toActionWords, toOutcomeName, toStepName } from "#copy/audit.ts"
import { getStatusName } from "#copy/peerings.ts"
import type { ActivityRow } from "#shared/history/activity-rows.ts"
import { gapWords } from "#shared/history/gap-words.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { useAppPermissions } from "#shared/permissions.ts"
import { Icon } from "#ui/marks/Icon.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { formatSpan } from "#ui/time/times.ts"
import styles from "./ActivityTab.module.css"

interface Line {
  tone: string
  title: string
  detail: React.ReactNode
  who: string
  how: React.ReactNode
  raw: unknown
}

/** One line of the activity: a status change, a gap or what somebody did. */
export function ActivityLine({ row }: { row: ActivityRow }) {
  const { readsAudit } = useAppPermissions()
  const [isOpen, setOpen] = useState(false)
  const { tone, title, detail, who, how, raw } = toLine(row, readsAudit)
  return (
    <li className={`grid first-lines line-below wrap gap-0 gap-x-12 ${styles.line}`}>
      <span className={`quiet ${styles.when}`}>
        <Timestamp at={row.at} toTheSecond />
      </span>
      <span className={`own-colours round self-top ${styles.dot}`} data-tone={tone} aria-hidden="true" />
      <strong className={`strong ${styles.what}`}>{title}</strong>
      <span className="quiet">
        {detail}
        {raw !== null && (
          <button
            type="button"
            className={`tap bare first-lines gap-4 quiet small inline-flex ${styles.toggle}`}
            aria-expanded={isOpen}
            aria-label={`Raw API response: ${title}`}
            onClick={() => setOpen(!isOpen)}
          >
            <Icon name="code" /> Raw
          </button>
        )}
      </span>
      <span>{who}</span>
      <span className="right quiet small">{how}</span>
      {isOpen && (
        <pre className={`flat above-8 code pad-y-10 pad-x-12 raw-text lines-18 ${styles.raw}`}>
          {JSON.stringify(raw, null, 2)}
        </pre>
      )}
    </li>
  )
}

function toLine(row: ActivityRow, readsAudit: boolean): Line {
  switch (row.kind) {
    case "status": {
      const { at, after, what, status, turn, raw } = row.observation
      const isGone = what === "gone"
      return {
        tone: isGone ? "closing" : turn,
        title: isGone ? "No longer in Atlas" : getStatusName(status),
        detail: !isGone && status !== null && <code>{status}</code>,
        who: "Atlas",
        how: toPrecision(at, after),
        raw,
      }
    }
    case "gap": {
      const { from, until, why, problem } = row.gap
      return {
        tone: "gap",
        title: `${gapWords[why]} for ${formatSpan(Date.parse(until) - Date.parse(from))}`,
        detail: problem !== null && <code>{problem}</code>,
        who: "Peering Desk",
        how: (
          <>
            until <Timestamp at={until} toTheSecond />
          </>
        ),
        raw: null,
      }
    }
    case "action": {
      const { act, who } = row
      const { outcome: end, answerCode: code, container } = row.last
      const entry = `audit entry ${act.sequence}`
      const step = act.step && toStepName(act.step)
      const about = [act.container ?? container, step, act.reason].filter(Boolean).join(" · ")
      return {
        tone: end === "refused" || end === "failed" ? "failed" : "action",
        title:
          end === null || end === "done"
            ? toActionWords(act.action)
            : `${toActionWords(act.action)}: ${toOutcomeName(end)}`,
        detail: (
          <>
            {about}
            {act.readAt !== undefined && (
              <>
                read <Timestamp at={act.readAt} toTheSecond />
              </>
            )}
            {code !== null && code !== "200" && code !== "201" && (
              <>
                {about !== "" && " · "}
                <code>{code}</code>
              </>
            )}
          </>
        ),
        who,
        how: readsAudit ? <Link href={pagePaths.auditRow(act.sequence)}>{entry}</Link> : entry,
        raw: null,
      }
    }
  }
}

/** Says how closely a moment is known: it lies between the poll before and this one. Atlas's answer to our own request is exact. */
function toPrecision(at: string, after: string | null): string {
  if (after === null) return "first observation"
  const ms = Date.parse(at) - Date.parse(after)
  return ms === 0 ? "exact" : `observed ±${formatSpan(ms)}`
}
