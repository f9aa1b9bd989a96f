import { apiUrls, PeeringList, Timeline, type Observation } from "@peering-desk/shared-schemas"
import fc from "fast-check"
import { quantumSeconds, step, Walk, walkedProject, type Step, type TrueState } from "./random-walk.ts"

export const walks = fc.array(step, { minLength: 15, maxLength: 30 })

/** Draws walks, the same for the same seed. */
export function sampleWalks(seed: number, count: number): Step[][] {
  return fc.sample(walks, { seed, numRuns: count })
}

/** Takes a walk, and compares what the server says at its end with what really was. */
export async function checkWalk(steps: readonly Step[]) {
  const walk = await Walk.begin()
  try {
    for (const one of steps) await walk.take(one)
    walk.desk.simulator.clearFaults()
    await walk.wait(180)
    await walk.desk.call("GET", apiUrls.peerings(walkedProject))
    await walk.wait(5)

    const answer = await walk.desk.call("GET", apiUrls.peerings(walkedProject))
    const { peerings } = PeeringList.parse(answer.json())
    const shown = new Map(peerings.map(({ id, history }) => [id, history.at(-1)?.status]))
    const real = new Map(
      [...walk.truth].flatMap(([id, states]) => {
        const status = states.at(-1)?.status ?? null
        return status === null ? [] : ([[id, status]] as const)
      }),
    )
    let observed = 0
    const concealed: string[] = []
    for (const [id, states] of walk.truth) {
      const told = await walk.desk.call("GET", apiUrls.timeline(walkedProject, id))
      // A peering that came and went between two polls was never observed.
      if (told.status === 404) continue
      const timeline = Timeline.parse(told.json())
      observed += timeline.observations.length
      const found = findConcealed(timeline, states, walk.desk.clock.now(), walk.madeUp)
      concealed.push(...found.map((line) => `${id}: ${line}`))
    }
    return { shown, real, concealed, observed }
  } finally {
    await walk.end()
  }
}

/** Moments in milliseconds since 1970. */
interface Span {
  from: number
  until: number
}

/**
 * Finds what a timeline conceals. Outside its gaps it may be wrong for the time between two polls, and never at a poll.
 * @param until when the walk ended
 * @param madeUp when polls got made-up answers, which count as Atlas's
 */
export function findConcealed(
  timeline: Timeline,
  states: readonly TrueState[],
  until: number,
  madeUp: readonly number[] = [],
): string[] {
  const { observations, gaps, lookEverySeconds } = timeline
  const longestMs = lookEverySeconds * 1_000 + 2 * quantumSeconds * 1_000
  const said = observations.map(({ at, what, status }) => ({
    at: Date.parse(at),
    status: what === "gone" ? null : status,
  }))
  const admitted = gaps.map((gap) => ({ from: Date.parse(gap.from), until: Date.parse(gap.until) }))
  const begin = said[0]?.at ?? until
  const moments = [...said, ...states]
    .map(({ at }) => at)
    .concat(
      until,
      madeUp,
      admitted.flatMap((gap) => [gap.from, gap.until]),
    )
  const sorted = [...new Set(moments)].filter((at) => at >= begin && at <= until).sort((a, b) => a - b)

  const wrong: Span[] = []
  for (const [index, from] of sorted.slice(0, -1).entries()) {
    const next = sorted[index + 1] ?? until
    const isAdmitted = admitted.some((gap) => gap.from <= from && gap.until >= next)
    if (isAdmitted || stateAt(said, from) === stateAt(states, from)) continue
    const last = wrong.at(-1)
    if (last?.until === from && !madeUp.includes(from)) last.until = next
    else wrong.push({ from, until: next })
  }
  return [
    ...wrong
      .filter((span) => span.until - span.from > longestMs)
      .map(
        (span) => `wrong from ${new Date(span.from).toISOString()} for ${(span.until - span.from) / 1_000} s`,
      ),
    ...observations
      .filter((one) => !isTrue(one, states, madeUp))
      .map((one) => `${JSON.stringify(one)} was not so`),
  ]
}

function stateAt(states: readonly TrueState[], moment: number): string | null {
  return states.findLast(({ at }) => at <= moment)?.status ?? null
}

function isTrue(
  { at, what, status }: Observation,
  states: readonly TrueState[],
  madeUp: readonly number[],
): boolean {
  const moment = Date.parse(at)
  // Words that the simulator does not know, or a list that lacks what was made since.
  if (madeUp.includes(moment)) return true
  // A poll may have seen any of several states at one moment.
  const real = states
    .filter((state, index) => state.at <= moment && (states[index + 1]?.at ?? Infinity) >= moment)
    .map((state) => state.status)
  if (what === "gone") return real.includes(null)
  return real.includes(status)
}
