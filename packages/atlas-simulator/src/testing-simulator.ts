import { ownerKey } from "#auth/demo-credentials.ts"
import { createSimulator, type Simulator, type SimulatorOptions } from "./simulator.ts"
import { createCaller, type Caller } from "./testing-caller.ts"
import { createShapeCheck } from "./testing-shapes.ts"

/** The moment every test begins at. */
export const testStart = Date.parse("2026-11-24T12:00:00Z")

/** A listening simulator whose real time moves only when the test moves it, and callers for it. */
export type TestSimulator = {
  simulator: Simulator
  origin: string
  v1: Caller
  v2: Caller
  callAs: (publicKey: string, privateKey: string) => Caller
  advanceRealTime: (ms: number) => void
  /** Starts over at `testStart`, so that one simulator can serve every test of a file. */
  reset: () => void
}

/** Starts one on a free port. */
export async function startTestSimulator(options: SimulatorOptions = {}): Promise<TestSimulator> {
  let realNow = testStart
  const shapes = createShapeCheck()
  const simulator = createSimulator({
    realTime: () => realNow,
    ...options,
    onServed(served) {
      shapes.check(served)
      options.onServed?.(served)
    },
  })
  const { origin } = await simulator.listen()
  const call = (publicKey: string, privateKey: string, version: "v1.0" | "v2") =>
    createCaller({ origin, publicKey, privateKey, version })
  const { publicKey, privateKey } = ownerKey
  return {
    simulator: {
      ...simulator,
      async close() {
        await simulator.close()
        shapes.expectNone()
      },
    },
    origin,
    v1: call(publicKey, privateKey, "v1.0"),
    v2: call(publicKey, privateKey, "v2"),
    callAs: (publicKey, privateKey) => call(publicKey, privateKey, "v1.0"),
    advanceRealTime(ms) {
      realNow += ms
    },
    reset() {
      realNow = testStart
      simulator.reset(options.scenario ?? "demo")
    },
  }
}
