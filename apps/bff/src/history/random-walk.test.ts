import type { Observation, Timeline } from "@peering-desk/shared-schemas"
import fc from "fast-check"
import { expect, test } from "vitest"
import { checkWalk, findConcealed, walks } from "#test/support/walk-check.ts"

test(
  "a random walk ends with Atlas's state in view, and timelines admit every gap",
  { timeout: 300_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(walks, async (steps) => {
        const { shown, real, concealed, observed } = await checkWalk(steps)
        expect(shown).toEqual(real)
        expect(concealed).toEqual([])
        expect(observed).toBeGreaterThan(10)
      }),
      // A walk takes a second or more, so a failing one is reported without shrinking. `pnpm chaos --only walks` takes more of them.
      { numRuns: 4, endOnFailure: true },
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
