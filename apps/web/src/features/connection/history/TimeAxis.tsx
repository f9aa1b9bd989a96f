import type { AxisLayout, AxisSpan } from "#shared/history/axis-layout.ts"
import { gapWords } from "#shared/history/gap-words.ts"
import { formatMoment, formatSpan } from "#ui/time/times.ts"
import styles from "./TimeAxis.module.css"
import { getStatusName } from "#copy/peerings.ts"

/** The drawing's width where labels are chosen, in pixels; a narrower one hides those outside. */
const width = 780
const letterWidth = 6.6

/** A connection's statuses to scale, with gaps and the usual time. Its text alternative lists the same. */
export function TimeAxis({ layout, now }: { layout: AxisLayout; now: number }) {
  const { spans, gaps, medians, ticks, isFine } = layout
  const outside = placeOutside(spans)
  return (
    // Drawn with boxes, which an image element can not hold.
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
    <div className={`small lines-16 container ${styles.axis}`} role="img" aria-label={describeAxis(layout)}>
      <div className={`anchor ${styles.bar}`}>
        {spans.map((span) => (
          <div
            key={span.from}
            className={`afloat own-colours clip toned ${styles.span}`}
            data-tone={span.turn}
            data-cut={span.isCut || undefined}
            style={place(span)}
          >
            {isInside(span) && (
              <span className={`block cut strong pad-x-8 ${styles.inside}`}>{toSpanWords(span)}</span>
            )}
          </div>
        ))}
        {outside.map(({ span, level, isRight }) => (
          <span
            key={span.from}
            className={`afloat nowrap quiet ${styles.outside}`}
            data-right={isRight || undefined}
            style={{ left: `${span.from * 100}%`, bottom: `calc(100% + ${8 + level * 18}px)` }}
          >
            {toSpanWords(span)}
          </span>
        ))}
        {gaps.map((gap) => (
          <div key={gap.from} className={`afloat own-colours ${styles.gap}`} style={place(gap)}>
            <span className={`afloat nowrap quiet ${styles.gapWords}`}>
              {gapWords[gap.why]}, {formatSpan(gap.ms)}
            </span>
          </div>
        ))}
        {medians.map(({ at, ms }) => (
          <div key={at} className={`afloat ${styles.median}`} style={{ left: `${at * 100}%` }}>
            <span className={`afloat nowrap ink medium ${styles.medianWords}`}>Median {formatSpan(ms)}</span>
          </div>
        ))}
      </div>
      <div className={`anchor quiet ${styles.scale}`}>
        {ticks.map(({ at, ms }) => (
          <span key={ms} className={`afloat nowrap ${styles.tick}`} style={{ left: `${at * 100}%` }}>
            {formatMoment(ms, now, isFine)}
          </span>
        ))}
      </div>
    </div>
  )
}

function place({ from, until }: { from: number; until: number }) {
  return { left: `${from * 100}%`, width: `${(until - from) * 100}%` }
}

function isInside(span: AxisSpan): boolean {
  return (span.until - span.from) * width > toSpanWords(span).length * letterWidth + 16
}

/** Puts the labels that do not fit above the bar, each higher than the one that it would meet. */
function placeOutside(spans: readonly AxisSpan[]): { span: AxisSpan; level: number; isRight: boolean }[] {
  const ends: number[] = []
  return spans
    .filter((span) => !isInside(span))
    .map((span) => {
      const wide = (toSpanWords(span).length * letterWidth + 16) / width
      const isRight = span.from + wide > 1
      const [from, until] = isRight ? [span.from - wide, span.from] : [span.from, span.from + wide]
      const found = ends.findIndex((end) => end <= from)
      const level = found === -1 ? ends.length : found
      ends[level] = until
      return { span, level, isRight }
    })
}

/** Names a status and how long it lasted; one that lasts on has no end. */
function toSpanWords(span: AxisSpan): string {
  return span.isCut ? toTitle(span) : `${toTitle(span)} ${formatSpan(span.ms)}`
}

function toTitle({ status, turn }: AxisSpan): string {
  return status === null && turn === "closing" ? "Deleted" : getStatusName(status)
}

/** Says what an axis shows, as the text alternative of its drawing. */
function describeAxis({ spans, gaps, medians }: AxisLayout): string {
  return [
    ...spans.map(toSpanWords),
    ...gaps.map(({ why, ms }) => `${gapWords[why]} for ${formatSpan(ms)}`),
    ...medians.map(({ ms }) => `Median ${formatSpan(ms)}`),
  ].join(", ")
}
