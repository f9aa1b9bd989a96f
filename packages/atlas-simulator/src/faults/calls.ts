import type { RealTime } from "#world/clock.ts"

/**
 * The ending of an HTTP request. `challenges`: unsigned, and challenged. `refused`: signed, and answered 401 all the same.
 * `calls`: answered. `cut`: a fault broke the connection.
 */
export type Outcome = "challenges" | "refused" | "calls" | "cut"

type CallCount = Record<Outcome | "requests", number>
type CallRow = CallCount & { projectId: string | null; method: string; path: string; minute: string }

/** Counts requests by project, path and minute of real time. */
export type Calls = {
  record: (request: { method: string; path: string }, outcome: Outcome) => void
  report: () => { total: CallCount & { requestsPerCall: number | null }; rows: readonly CallRow[] }
  clear: () => void
}

const maxRows = 5000

const createCount = (): CallCount => ({ calls: 0, requests: 0, challenges: 0, refused: 0, cut: 0 })

/** Creates the counter; beyond the maximum the oldest rows go, and the total stays. */
export function createCalls(realTime: RealTime): Calls {
  const rows = new Map<string, CallRow>()
  let total = createCount()
  return {
    record({ method, path }, outcome) {
      const minute = `${new Date(realTime()).toISOString().slice(0, 16)}Z`
      const key = `${minute} ${method} ${path}`
      const projectId = /\/groups\/([0-9a-f]{24})(\/|$)/i.exec(path)?.[1] ?? null
      const row = rows.get(key) ?? { projectId, method, path, minute, ...createCount() }
      rows.set(key, row)
      const [oldest = key] = rows.keys()
      if (rows.size > maxRows) rows.delete(oldest)
      for (const counts of [row, total]) {
        counts.requests += 1
        counts[outcome] += 1
      }
    },
    report: () => ({
      total: { ...total, requestsPerCall: total.calls === 0 ? null : total.requests / total.calls },
      rows: [...rows.values()].map((row) => ({ ...row })),
    }),
    clear() {
      rows.clear()
      total = createCount()
    },
  }
}
