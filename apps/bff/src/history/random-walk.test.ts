import { apiUrls, PeeringList, Timeline, type Observation } from "@peering-desk/shared-schemas"
import fc from "fast-check"
import { expect, test } from "vitest"
import { quantumSeconds, step, Walk, walkedProject, type TrueState } from "#test/support/random-walk.ts"

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
function findConcealed(
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

test(
  "a random walk ends with Atlas's state in view, and timelines admit every gap",
  { timeout: 300_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 30 }), async (steps) => {
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
          const real = [...walk.truth].flatMap(([id, states]) => {
            const status = states.at(-1)?.status ?? null
            return status === null ? [] : ([[id, status]] as const)
          })
          expect(shown).toEqual(new Map(real))

          let observed = 0
          for (const [id, states] of walk.truth) {
            const told = await walk.desk.call("GET", apiUrls.timeline(walkedProject, id))
            // A peering that came and went between two polls was never observed.
            if (told.status === 404) continue
            const timeline = Timeline.parse(told.json())
            observed += timeline.observations.length
            expect([id, findConcealed(timeline, states, walk.desk.clock.now(), walk.madeUp)]).toEqual([
              id,
              [],
            ])
          }
          expect(observed).toBeGreaterThan(10)
        } finally {
          await walk.end()
        }
      }),
      // A walk takes a second or more, so a failing one is reported without shrinking.
      { numRuns: 12, endOnFailure: true },
    )
  },
)

test("findConcealed notices a missing observation, a missing gap and a wrong status", () => {
  const at = (seconds: number) => new Date(Date.UTC(2026, 0, 15) + seconds * 1_000).toISOString()
  const ms = (seconds: number) => Date.parse(at(seconds))
  const seen = (number: number, seconds: number, status: string): Observation => ({
    number,
    at: at(seconds),
    after: at(seconds - 5),
    what: "listed",
    status,
    turn: "",
    raw: {},
  })
  const states = [
    { at: ms(0), status: "AVAILABLE" },
    { at: ms(300), status: "FAILED" },
    { at: ms(600), status: "AVAILABLE" },
  ]
  const whole: Timeline = {
    peeringId: "",
    providerName: "AWS",
    observations: [seen(1, 0, "AVAILABLE"), seen(2, 300, "FAILED"), seen(3, 600, "AVAILABLE")],
    gaps: [],
    lookEverySeconds: 90,
    acts: [],
  }
  expect(findConcealed(whole, states, ms(900))).toEqual([])
  const without = { ...whole, observations: [seen(1, 0, "AVAILABLE")] }
  expect(findConcealed(without, states, ms(900))).toHaveLength(1)
  const gaps = [{ from: at(290), until: at(610), why: "not-watched" as const, problem: null }]
  expect(findConcealed({ ...without, gaps }, states, ms(900))).toEqual([])
  const wrong = { ...whole, observations: [...whole.observations, seen(4, 700, "FAILED")] }
  // It was not so when it was seen, nor until now.
  expect(findConcealed(wrong, states, ms(900))).toHaveLength(2)
  const gone = { ...states.at(-1), at: ms(700), status: null }
  expect(findConcealed(whole, [...states, gone], ms(900))).toHaveLength(1)
})
