import { Pool } from "undici"

/** One request, and whether its answer is as it has to be. */
export interface Call {
  method: "GET" | "POST"
  path: string
  headers: Record<string, string>
  body?: string
  status: number
}

/** Sends calls over connections that are kept, as many at a time as there are clients. Returns how long each took, in milliseconds. */
export async function fire(
  origin: string,
  { clients, count, next }: { clients: number; count: number; next: () => Call },
): Promise<number[]> {
  const pool = new Pool(origin, { connections: clients, pipelining: 1 })
  const took: number[] = []
  let left = count
  const work = async () => {
    while (left > 0) {
      left -= 1
      took.push(await send(pool, next()))
    }
  }
  await Promise.all(Array.from({ length: clients }, work))
  await pool.close()
  return took
}

/** Sends calls at a fixed pace, whether earlier ones are answered or not. The time of a call counts from when it was due. */
export async function pace(
  origin: string,
  { perSecond, count, next }: { perSecond: number; count: number; next: () => Call },
): Promise<number[]> {
  const pool = new Pool(origin, { connections: 256, pipelining: 1 })
  const begun = performance.now()
  const took = await Promise.all(
    Array.from({ length: count }, async (_, at) => {
      const due = begun + (at * 1_000) / perSecond
      await new Promise((resolve) => setTimeout(resolve, due - performance.now()))
      const late = performance.now() - due
      return late + (await send(pool, next()))
    }),
  )
  await pool.close()
  return took
}

async function send(pool: Pool, { method, path, headers, body, status }: Call): Promise<number> {
  const begun = performance.now()
  const answer = await pool.request({ method, path, headers, body: body ?? null })
  const text = await answer.body.text()
  if (answer.statusCode !== status)
    throw new Error(`${method} ${path} was answered ${answer.statusCode}: ${text.slice(0, 500)}`)
  return performance.now() - begun
}
