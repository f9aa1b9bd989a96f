import { useQuery } from "@tanstack/react-query"
import { timelineQuery } from "#api/peerings/timeline.ts"
import { useConnectionPage } from "#features/connection/connection-page.ts"
import { listActivity } from "#shared/history/activity-rows.ts"
import { layOutAxis, type AxisLayout } from "#shared/history/axis-layout.ts"
import { ReadFailure } from "#shared/refusals/ReadFailure.tsx"
import { EmptyState } from "#ui/EmptyState.tsx"
import { useNow } from "#ui/time/now.ts"
import { formatDeadline, formatMoment, formatSpan } from "#ui/time/times.ts"
import styles from "./ActivityTab.module.css"
import { ActivityLine } from "./ActivityLine.tsx"
import { TimeAxis } from "./TimeAxis.tsx"

const legend = [
  ["atlas", "Atlas"],
  ["you", "Network owner"],
  ["works", "Available"],
  ["gap", "Not monitored"],
] as const

/** Everything that was observed and done of a connection: one axis to scale over one list. */
export function ActivityTab() {
  const { peering, usualTimes } = useConnectionPage()
  const timeline = useQuery(timelineQuery(peering.projectId, peering.id))
  const now = useNow()
  if (timeline.isLoadingError) {
    return <ReadFailure read={timeline} />
  }
  if (timeline.data === undefined) return <div className={styles.place} aria-busy="true" />
  const rows = listActivity(timeline.data)
  const axis = layOutAxis(timeline.data, now, usualTimes)
  if (rows.length === 0)
    return (
      <EmptyState icon="clock" title="No activity yet">
        Status changes appear here.
      </EmptyState>
    )
  return (
    <>
      {axis !== null && (
        <section aria-label="Timeline">
          <div className="baseline gap-4 gap-x-12 pad-top-16">
            <h2>{toTitle(axis)}</h2>
            <span className="quiet">{axis.spans.length > 1 && `${formatSpan(axis.wayMs)} in all`}</span>
            <ul className={`flow quiet small gap-4 gap-x-16 ${styles.legend}`} aria-hidden="true">
              {legend.map(([name, words]) => (
                <li key={name} className="inline gap-6" data-tone={name}>
                  {words}
                </li>
              ))}
            </ul>
          </div>
          <TimeAxis layout={axis} now={now} />
        </section>
      )}
      <ol className={`line-above container ${styles.list}`} aria-label="Activity">
        {rows.map((row, index) => (
          <ActivityLine
            key={`${row.kind} ${row.at} ${row.kind === "action" ? row.act.sequence : index}`}
            row={row}
          />
        ))}
      </ol>
      <p className="faint small">
        Polled at least every {timeline.data.lookEverySeconds} s unless a gap is shown.
      </p>
    </>
  )
}

/** `24 Nov, 10:02 to 10:30`. */
function toTitle({ startMs, spans, wayMs }: AxisLayout): string {
  const start = formatDeadline(new Date(startMs).toISOString())
  return spans.length < 2 ? `Since ${start}` : `${start} to ${formatMoment(startMs + wayMs, startMs)}`
}
