import type { RealTime } from "#world/clock.ts"

/**
 * How an HTTP request ended. `challenge`: it was unsigned and got the challenge. `refused`: it was signed and got a
 * 401 all the same. `answered`: a call. `cut`: a fault broke the connection.
 */
export type Ending = "challenge" | "refused" | "answered" | "cut"

type CallCount = { calls: number; requests: number; challenges: number; refused: number; cut: number }
export type CallRow = CallCount & { projectId: string | null; method: string; path: string; minute: string }

/** Counts what came in, by project, path and minute of real time. */
export type Calls = {
  record: (request: { method: string; path: string }, ending: Ending) => void
  report: () => { total: CallCount & { requestsPerCall: number | null }; rows: readonly CallRow[] }
  clear: () => void
}

const maxRows = 5000

const nothing = (): CallCount => ({ calls: 0, requests: 0, challenges: 0, refused: 0, cut: 0 })

function count(counts: CallCount, ending: Ending): void {
  counts.requests += 1
  if (ending === "answered") counts.calls += 1
  if (ending === "challenge") counts.challenges += 1
  if (ending === "refused") counts.refused += 1
  if (ending === "cut") counts.cut += 1
}

/** Creates the counter; the oldest rows go when there are too many, the total stays. */
export function createCalls(realTime: RealTime): Calls {
  const rows = new Map<string, CallRow>()
  let total = nothing()
  return {
    record({ method, path }, ending) {
      const minute = `${new Date(realTime()).toISOString().slice(0, 16)}Z`
      const key = `${minute} ${method} ${path}`
      let row = rows.get(key)
      if (row === undefined) {
        const projectId = /\/groups\/([0-9a-f]{24})(\/|$)/i.exec(path)?.[1] ?? null
        row = { projectId, method, path, minute, ...nothing() }
        rows.set(key, row)
        const [oldest] = rows.keys()
        if (rows.size > maxRows && oldest !== undefined) rows.delete(oldest)
      }
      count(row, ending)
      count(total, ending)
    },
    report: () => ({
      total: { ...total, requestsPerCall: total.calls === 0 ? null : total.requests / total.calls },
      rows: [...rows.values()].map((row) => ({ ...row })),
    }),
    clear() {
      rows.clear()
      total = nothing()
    },
  }
}
