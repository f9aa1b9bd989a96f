import type { ProviderName, TimeInState } from "@peering-desk/shared-schemas"
import { sql } from "kysely"
import type { Store } from "#store/store.ts"

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

/** Lists the latest 20,000 times of all projects of which both ends were observed. */
export async function listTimesSpent(
  store: Store,
  { since, preciseToMs }: TimesOptions,
): Promise<TimeSpent[]> {
  const { rows } = await sql<{
    project_id: string
    provider_name: string
    status: string
    ms: number | string
  }>`
    select project_id, provider_name, status, next_at - at as ms from (
      select project_id, provider_name, status, what, at, after_at,
        lead(at) over steps as next_at, lead(after_at) over steps as next_after_at
      from observation where status_changed = 1 and at >= ${since}
      window steps as (partition by project_id, provider_name, peering_id order by number)
    ) as spent
    where what = 'listed' and status is not null and at - after_at <= ${preciseToMs}
      and next_at - next_after_at <= ${preciseToMs}
    order by at desc limit 20000`.execute(store.db)
  return rows.map(({ project_id: projectId, provider_name: providerName, status, ms }) => ({
    projectId,
    providerName: providerName as ProviderName,
    status,
    ms: Number(ms),
  }))
}

/** Returns the smallest value that at least this part of all values does not exceed (nearest rank). */
function computeQuantile(sorted: readonly number[], part: number): number {
  return sorted[Math.ceil(sorted.length * part) - 1] ?? 0
}
