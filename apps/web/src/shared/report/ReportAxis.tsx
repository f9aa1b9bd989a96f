import { describeAxis, toSpanWords } from "#shared/history/axis-words.ts"
import type { AxisLayout } from "#shared/history/axis-layout.ts"
import { gapWords } from "#shared/history/gap-words.ts"
import { formatUtc } from "./report-words.ts"

const width = 1000
const height = 24

/** The statuses of a connection to scale. Drawn as SVG: printers leave out backgrounds. */
export function ReportAxis({ layout }: { layout: AxisLayout }) {
  const { spans, gaps, startMs, endMs } = layout
  const place = ({ from, until }: { from: number; until: number }) => ({
    x: from * width,
    width: Math.max((until - from) * width, 1),
  })
  return (
    <figure>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={describeAxis(layout)}
      >
        {spans.map((span) => (
          <rect key={span.from} {...place(span)} height={height} className={`span ${span.turn}`} />
        ))}
        {gaps.map((gap) => (
          <rect key={gap.from} {...place(gap)} height={height} className="span gap" />
        ))}
      </svg>
      <figcaption>
        <span>{formatUtc(startMs)}</span>
        <span>{formatUtc(endMs)}</span>
      </figcaption>
      <ul className="key">
        {spans.map((span) => (
          <li key={span.from}>
            <Swatch name={span.turn} />
            {toSpanWords(span)}
          </li>
        ))}
        {gaps.length > 0 && (
          <li>
            <Swatch name="gap" />
            {[...new Set(gaps.map(({ why }) => gapWords[why]))].join(", ")}
          </li>
        )}
      </ul>
    </figure>
  )
}

function Swatch({ name }: { name: string }) {
  return (
    <svg viewBox="0 0 10 10" className="swatch" aria-hidden="true">
      <rect width="10" height="10" className={`span ${name}`} />
    </svg>
  )
}
