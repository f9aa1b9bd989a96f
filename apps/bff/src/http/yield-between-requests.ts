import type { RequestHandler } from "express"
import type { Clock } from "#base/clock.ts"

/** A turn of the event loop begins no further request after this time: one that reads a list takes all of it. */
const turnMs = 1

/**
 * Spreads a crowd of requests over turns of the event loop, in the order they came. Each turn accepts one new connection and hears
 * timers and streams once, however many requests it handles: behind 64 clients that connect at once, a new connection waits for as many
 * turns.
 */
export function yieldBetweenRequests(clock: Clock): RequestHandler {
  const waiting: (() => void)[] = []
  let turnEndsAt: number | null = null

  function beginTurn(): number {
    setImmediate(handleWaiting)
    return clock.elapsed() + turnMs
  }

  function handleWaiting(): void {
    if (waiting.length === 0) {
      turnEndsAt = null
      return
    }
    turnEndsAt = beginTurn()
    handleNext()
  }

  function handleNext(): void {
    waiting.shift()?.()
    // After everything that the request does without waiting, which counts to the time of the turn.
    if (waiting.length > 0) queueMicrotask(() => process.nextTick(handleMore))
  }

  function handleMore(): void {
    if (turnEndsAt !== null && clock.elapsed() < turnEndsAt) handleNext()
  }

  return (_request, _response, next) => {
    turnEndsAt ??= beginTurn()
    if (waiting.length === 0 && clock.elapsed() < turnEndsAt) next()
    else waiting.push(next)
  }
}
