import type { Timeline } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useId, useState } from "react"
import { timelineQuery } from "#api/peerings/timeline.ts"
import { Button } from "#ui/Button.tsx"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"
import { formatFullMoment } from "#ui/time/times.ts"
import { toProblemWords } from "#copy/problems.ts"
import layout from "#ui/layout.module.css"
import styles from "./history.module.css"
import { findGap, toGapWords, toStateAt, toTimelineEntries } from "./timeline-entries.ts"
import { TimelineLine } from "./TimelineLine.tsx"

/** Everything that was seen and done of a connection, and how it stood at any moment of it. */
export function ConnectionTimeline({ projectId, peeringId }: { projectId: string; peeringId: string }) {
  const timeline = useQuery(timelineQuery(projectId, peeringId))
  if (timeline.isError) {
    return (
      <ProblemNotice
        {...toProblemWords(timeline.error)}
        actions={<Button onClick={() => void timeline.refetch()}>Try again</Button>}
      />
    )
  }
  if (timeline.data === undefined) return <p>Reading what was seen</p>
  return <Scrubbed timeline={timeline.data} />
}

function Scrubbed({ timeline }: { timeline: Timeline }) {
  const entries = toTimelineEntries(timeline)
  const [asked, setAsked] = useState<number | null>(null)
  const id = useId()
  const last = entries.length - 1
  const index = Math.min(asked ?? last, last)
  const at = entries[index]?.at
  if (at === undefined) return <p>Nothing was seen of it yet.</p>
  const state = toStateAt(timeline, at)
  const gap = findGap(timeline, at)
  return (
    <div className={layout.stack}>
      <div>
        <label htmlFor={id}>Go back to</label> <strong>{formatFullMoment(at)}</strong>
      </div>
      <div className={styles.scrub}>
        <Button size="small" aria-disabled={index === 0} onClick={() => setAsked(Math.max(0, index - 1))}>
          Earlier
        </Button>
        <input
          id={id}
          type="range"
          min={0}
          max={last}
          value={index}
          aria-valuetext={formatFullMoment(at)}
          onChange={(event) => setAsked(Number(event.target.value))}
        />
        <Button
          size="small"
          aria-disabled={index === last}
          onClick={() => setAsked(Math.min(last, index + 1))}
        >
          Later
        </Button>
      </div>
      <div className={layout.entry}>
        <p>
          <strong>
            {state === null
              ? "Not known yet"
              : state.what === "gone"
                ? "No longer in Atlas"
                : (state.status ?? "No status")}
          </strong>
          {gap !== null && ` · ${toGapWords(gap)} at that time; this is what was known.`}
        </p>
        {state?.raw != null && (
          <details>
            <summary>Atlas's answer as it was then</summary>
            <pre className={layout.raw}>{JSON.stringify(state.raw, null, 2)}</pre>
          </details>
        )}
      </div>
      <ol className={layout.stack} aria-label="Activity">
        {entries.map((entry, number) => (
          <TimelineLine
            key={`${entry.kind} ${entry.at} ${entry.kind === "act" ? entry.act.sequence : number}`}
            entry={entry}
            isChosen={number === index}
          />
        ))}
      </ol>
      <p className={layout.quiet}>
        Where no gap is told, Atlas was looked at every {timeline.lookEverySeconds} s or more often.
      </p>
    </div>
  )
}
