import { checkWalk, sampleWalks } from "#bff/test/support/walk-check.ts"
import type { Task } from "#tools/lab/area.ts"
import { none, shown, type Figure } from "#tools/lab/figure.ts"

const walksPerMinute = 30

/** Walks of random steps: what Atlas and people do, faults, restarts and time. */
export async function takeWalks({ random, minutes }: Task): Promise<Figure[]> {
  const until = performance.now() + minutes * 60_000
  const walks = sampleWalks(Math.floor(random() * 2 ** 31), Math.ceil(minutes * walksPerMinute))
  let [taken, wrong, concealed, observed] = [0, 0, 0, 0]
  for (const steps of walks) {
    if (performance.now() > until) break
    const end = await checkWalk(steps)
    taken += 1
    observed += end.observed
    concealed += end.concealed.length
    const isSame =
      end.shown.size === end.real.size && [...end.real].every(([id, status]) => end.shown.get(id) === status)
    if (!isSame) wrong += 1
  }
  return [
    shown("walks of 15 to 30 steps", taken),
    shown("observations compared with what really was", observed),
    none("walks that ended with another state in view than Atlas's", wrong),
    none("untrue observations, and gaps that a timeline does not admit", concealed),
  ]
}
