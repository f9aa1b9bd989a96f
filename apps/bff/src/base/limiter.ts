/** Runs work, so many at the same time; the rest waits for its turn in the order it came. */
export type Limiter = <T>(work: () => Promise<T>) => Promise<T>

export function createLimiter(atOnce: number): Limiter {
  let running = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    if (running < atOnce) running += 1
    // Whoever leaves hands over the place, so `running` stays as it is.
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
