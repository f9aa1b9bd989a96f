const lookMs = 150

/** Waits until something is so, at most this long. Returns whether it is. */
export async function until(isSo: () => boolean, forMs: number, signal: AbortSignal): Promise<boolean> {
  for (let waitedMs = 0; !isSo(); waitedMs += lookMs) {
    if (waitedMs >= forMs) return false
    await delay(lookMs, signal)
  }
  return true
}

/** Throws when the signal comes first. */
export function delay(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(signal.reason as Error)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop)
      resolve()
    }, ms)
    signal.addEventListener("abort", stop, { once: true })
  })
}

/** Asks again and again until there is something; null when the time is over. */
export async function ask<T>(
  question: () => Promise<T | null>,
  forMs: number,
  signal: AbortSignal,
): Promise<T | null> {
  const end = Date.now() + forMs
  for (;;) {
    const found = await question()
    signal.throwIfAborted()
    if (found !== null || Date.now() >= end) return found
    await delay(lookMs, signal)
  }
}
