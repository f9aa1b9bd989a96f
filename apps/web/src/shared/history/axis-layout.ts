import type { Timeline, TimelineGap } from "@peering-desk/shared-schemas"
import { formatLocalInput } from "#ui/time/times.ts"
import { listChanges } from "./activity-rows.ts"

/** A status from its first to its last moment. Places run from 0 to 1 over the axis. */
export interface AxisSpan {
  status: string | null
  /** Next to act: atlas, you, works, failed, closing or unknown. */
  turn: string
  from: number
  until: number
  ms: number
  /** It lasts on, beyond what is drawn. */
  isCut: boolean
}

export interface AxisLayout {
  startMs: number
  endMs: number
  spans: AxisSpan[]
  gaps: { from: number; until: number; ms: number; why: TimelineGap["why"] }[]
  /** Where the usual time of a status ends. */
  medians: { at: number; ms: number }[]
  ticks: { at: number; ms: number }[]
  /** Its ticks are less than a minute apart. */
  isFine: boolean
  /** From the first to the last change. */
  wayMs: number
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
const tickSteps = [
  second,
  5 * second,
  15 * second,
  minute,
  5 * minute,
  15 * minute,
  hour,
  3 * hour,
  12 * hour,
  day,
  7 * day,
  28 * day,
]
const mostTicks = 6
/** The words of a later tick would reach beyond the axis. */
const lastTickAt = 0.96

/** The last status gets at most this part of the axis when nothing follows it: the way there is what matters. */
const restShare = 0.14

/**
 * Lays a timeline out to scale.
 * @param now milliseconds since 1970
 * @param usualTimes how long each status usually lasts here, in milliseconds
 * @returns null without an observation
 */
export function layOutAxis(
  timeline: Timeline,
  now: number,
  usualTimes: Readonly<Record<string, number>>,
): AxisLayout | null {
  const changes = listChanges(timeline.observations)
  const [first] = changes
  const last = changes.at(-1)
  if (first === undefined || last === undefined) return null
  const startMs = Date.parse(first.at)
  const lastMs = Date.parse(last.at)
  const endMs = computeEnd(startMs, lastMs, now, last.turn)
  const place = (ms: number) => Math.min(1, Math.max(0, (ms - startMs) / (endMs - startMs)))

  const step = tickSteps.find((ms) => (endMs - startMs) / ms <= mostTicks) ?? 28 * day

  const spans = changes.map(({ at, status, turn, what }, index): AxisSpan => {
    const next = changes[index + 1]
    const from = Date.parse(at)
    const ended = next === undefined ? Math.max(now, from) : Date.parse(next.at)
    // A short axis is drawn to its end, which may be still to come.
    const until = next === undefined ? Math.max(now, endMs) : ended
    return {
      status: what === "gone" ? null : status,
      turn: what === "gone" ? "closing" : turn,
      from: place(from),
      until: place(until),
      ms: ended - from,
      isCut: until > endMs,
    }
  })
  return {
    startMs,
    endMs,
    spans,
    gaps: timeline.gaps.flatMap(({ from, until, why }) => {
      const [begin, end] = [Date.parse(from), Date.parse(until)]
      return end <= startMs || begin >= endMs
        ? []
        : [{ from: place(begin), until: place(end), ms: end - begin, why }]
    }),
    medians: changes.flatMap(({ at, status, what }) => {
      const ms = what === "gone" || status === null ? undefined : usualTimes[status]
      const end = ms === undefined ? Number.NaN : Date.parse(at) + ms
      return ms !== undefined && end < endMs ? [{ at: place(end), ms }] : []
    }),
    ticks: listTicks(startMs, endMs, step)
      .map((ms) => ({ ms, at: place(ms) }))
      .filter(({ at }) => at <= lastTickAt),
    isFine: step < minute,
    wayMs: lastMs - startMs,
  }
}

function computeEnd(startMs: number, lastMs: number, now: number, turn: string): number {
  const isOver = turn === "works" || turn === "failed" || turn === "closing"
  const most = ((lastMs - startMs) * restShare) / (1 - restShare)
  const end = isOver && lastMs > startMs ? Math.min(now, lastMs + most) : now
  return Math.max(end, startMs + minute)
}

/** Lists round moments on the person's own clock, also after it changes to or from summer time. */
function listTicks(startMs: number, endMs: number, step: number): number[] {
  const ahead = computeLead(startMs)
  const ticks: number[] = []
  for (let ms = Math.ceil((startMs + ahead) / step) * step - ahead; ms < endMs; ms += step)
    ticks.push(step > hour ? ms + ahead - computeLead(ms) : ms)
  return ticks
}

/** Computes how far the person's clock is ahead of UTC at a moment. */
function computeLead(ms: number): number {
  const local = Date.parse(`${formatLocalInput(new Date(ms).toISOString())}Z`)
  return local - Math.floor(ms / minute) * minute
}
