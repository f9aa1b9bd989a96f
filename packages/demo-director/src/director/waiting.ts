const lookMs = 150

/** Waits. Throws afterwards when the signal came. */
export async function delay(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms))
  signal.throwIfAborted()
}

/** Asks again and again until there is something; null when the time is over. */
export async function ask<T>(
  question: () => T | null | Promise<T | null>,
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
