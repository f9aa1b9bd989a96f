import type { ProviderName, TimeInState } from "@peering-desk/shared-schemas"
import { readEvents } from "#audit/chain/event-rows.ts"
import { statusKinds, toPeeringKey } from "#events/peering-history.ts"
import type { Store } from "#store/store.ts"

const mostChanges = 20_000

/** The time that one peering spent in one status. */
export interface TimeSpent {
  projectId: string
  providerName: ProviderName
  status: string
  ms: number
}

interface TimesOptions {
  /** Milliseconds since 1970. */
  since: number
  /** Both ends of a time have to be known this closely, in milliseconds. */
  preciseToMs: number
}

/** Computes how long the peerings of these projects take in each status. */
export function computeTimesInState(
  times: readonly TimeSpent[],
  projectIds: ReadonlySet<string>,
): TimeInState[] {
  const byState = new Map<string, TimeSpent[]>()
  for (const spent of times) {
    if (!projectIds.has(spent.projectId)) continue
    const key = `${spent.providerName} ${spent.status}`
    const known = byState.get(key)
    if (known === undefined) byState.set(key, [spent])
    else known.push(spent)
  }
  return [...byState.values()].flatMap((spent) => {
    const [first] = spent
    if (first === undefined) return []
    const { providerName, status } = first
    const sorted = spent.map(({ ms }) => ms).sort((one, other) => one - other)
    const [p50Ms, p90Ms] = [computeQuantile(sorted, 0.5), computeQuantile(sorted, 0.9)]
    return { providerName, status, count: spent.length, p50Ms, p90Ms }
  })
}

/** Lists the times of all projects of which both ends were observed, by the latest 20,000 changes of statuses. */
export async function listTimesSpent(
  store: Store,
  { since, preciseToMs }: TimesOptions,
): Promise<TimeSpent[]> {
  const rows = await readEvents(
    store.db,
    (query) =>
      query
        .where("at", ">=", since)
        .where("phase", "=", "finding")
        .where("kind", "in", statusKinds)
        .orderBy("number", "desc")
        .limit(mostChanges),
    ["project_id", "provider_name", "peering_id", "kind", "status", "at", "after_at"],
  )
  const times: TimeSpent[] = []
  const next = new Map<string, (typeof rows)[number]>()
  for (const row of rows) {
    const { project_id: projectId, provider_name: providerName, peering_id: id, kind, status } = row
    if (projectId === null || providerName === null || id === null) continue
    const key = toPeeringKey({ projectId, providerName, id })
    const end = next.get(key)
    next.set(key, row)
    if (end === undefined || kind === "peering-gone" || status === null) continue
    const isPrecise = [row, end].every(
      ({ at, after_at: after }) => after !== null && at - after <= preciseToMs,
    )
    if (isPrecise)
      times.push({ projectId, providerName: providerName as ProviderName, status, ms: end.at - row.at })
  }
  return times
}

/** Returns the smallest value that at least this part of all values does not exceed (nearest rank). */
function computeQuantile(sorted: readonly number[], part: number): number {
  return sorted[Math.ceil(sorted.length * part) - 1] ?? 0
}
