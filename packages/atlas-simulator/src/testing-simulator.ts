import { ownerKey } from "#auth/demo-credentials.ts"
import { createCaller } from "./testing-caller.ts"
import type { Caller } from "./testing-caller.ts"
import type { Simulator, SimulatorOptions } from "./simulator.ts"
import { createSimulator } from "./simulator.ts"

/** The moment every test begins at. */
export const testStart = Date.parse("2026-11-24T12:00:00Z")

/** A listening stand-in whose real time stands still until the test moves it, and callers for it. */
export type TestSimulator = {
  simulator: Simulator
  origin: string
  v1: Caller
  v2: Caller
  callAs: (publicKey: string, privateKey: string, version?: "v1.0" | "v2") => Caller
  passRealTime: (ms: number) => void
}

/** Starts one on a free port for a test. */
export async function startTestSimulator(options: SimulatorOptions = {}): Promise<TestSimulator> {
  let realNow = testStart
  const simulator = createSimulator({ realTime: () => realNow, ...options })
  const { origin } = await simulator.listen()
  const callAs: TestSimulator["callAs"] = (publicKey, privateKey, version = "v1.0") =>
    createCaller({ origin, publicKey, privateKey, version })
  const { publicKey, privateKey } = ownerKey
  return {
    simulator,
    origin,
    v1: callAs(publicKey, privateKey),
    v2: callAs(publicKey, privateKey, "v2"),
    callAs,
    passRealTime(ms) {
      realNow += ms
    },
  }
}
