import { toMedian, type Figure } from "#tools/lab/figure.ts"

/**
 * Runs contestants in turn, round by round, so that a busy moment of the machine meets all of them.
 * @returns what each measured, by its name, a value for each round
 */
export async function interleave<Name extends string, Measured>(
  rounds: number,
  contestants: Readonly<Record<Name, () => Promise<Measured>>>,
): Promise<Record<Name, Measured[]>> {
  const names = Object.keys(contestants) as Name[]
  const measured = Object.fromEntries(names.map((name) => [name, [] as Measured[]])) as Record<
    Name,
    Measured[]
  >
  for (let round = 0; round < rounds; round += 1)
    for (const name of names) measured[name].push(await contestants[name]())
  return measured
}

interface Rounds<Measured> {
  ours: readonly Measured[]
  peer?: { what: string; rounds: readonly Measured[] }
}

/** The most in the figure's unit, or as a multiple of the peer. */
type Goal = number | { ofPeer: number } | null

/** Returns how to make figures of the medians of some rounds. Without a round of ours, a figure is not measured. */
export function compare<Measured>({ ours, peer }: Rounds<Measured>) {
  return (
    what: string,
    unit: string,
    read: (one: Measured) => number,
    goal: Goal = null,
    limitedBy?: string,
  ): Figure => {
    const theirs = peer === undefined ? Number.NaN : toMedian(peer.rounds, read)
    return {
      what,
      unit,
      seen: ours.length === 0 ? null : toMedian(ours, read),
      peer: peer === undefined || Number.isNaN(theirs) ? null : { what: peer.what, value: theirs },
      goal:
        goal === null
          ? null
          : typeof goal === "number"
            ? { atMost: goal }
            : { atMost: goal.ofPeer, of: "peer" },
      ...(limitedBy !== undefined && { limitedBy }),
    }
  }
}
