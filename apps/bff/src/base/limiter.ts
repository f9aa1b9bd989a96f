/** Runs a limited number of tasks at a time, and queues the rest in order. */
export type Limiter = <T>(work: () => Promise<T>) => Promise<T>

export function createLimiter(atOnce: number): Limiter {
  let running = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    if (running < atOnce) running += 1
    // A finished task hands over its place, so `running` stays as it is.
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) running -= 1
      else next()
    }
  }
}
