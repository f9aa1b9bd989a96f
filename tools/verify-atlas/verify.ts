import { AtlasCredential } from "#bff/src/atlas/auth/atlas-credential.ts"
import { createSimulator, demoServiceAccount, ownerKey, seededIds } from "@peering-desk/atlas-simulator"
import { cleanUp, findUses } from "./clean-up.ts"
import { createSend, type Exchange, type Json, type Way } from "./exchange.ts"
import { formatVerdicts, judge } from "./guesses.ts"
import { createRedactor, type Redactor } from "./redact.ts"
import { runSteps, type Site } from "./run-steps.ts"

/** Thrown before anything is written. */
export class Refused extends Error {}

export interface Plan {
  origin: string
  /** At most one of each kind. */
  credentials: readonly AtlasCredential[]
  projectId: string
  mayWrite: Site["mayWrite"]
  wait: (seconds: number, signal: AbortSignal) => Promise<void>
  /** Stops the run; what was made is deleted then too. */
  signal: AbortSignal
  onExchange?: (exchange: Exchange) => void
}

export interface Outcome {
  exchanges: Exchange[]
  /** Things that could not be deleted. */
  left: string[]
  /** Why the run ended before its end. */
  failure: unknown
}

/**
 * Runs the steps with every credential on every version, and deletes what they made.
 * @throws Refused when the project is in use, or can't be read
 */
export async function record(plan: Plan): Promise<Outcome> {
  const { origin, credentials, projectId, signal } = plan
  const redactor = createRedactor()
  redactor.name(origin, "origin")
  for (const credential of credentials) nameKey(credential, redactor)
  redactor.name(projectId, "project")
  const exchanges: Exchange[] = []
  const left: string[] = []
  let failure: unknown = null
  const senders = credentials.map((credential) => ({ credential, send: createSend(origin, credential) }))
  for (const { send } of senders) {
    const uses = await findUses(send, projectId, signal)
    if (uses.length > 0) throw new Refused(`The project is not one to throw away: it has ${uses.join(", ")}.`)
  }
  for (const { credential, send } of senders) {
    for (const way of waysOf(credential)) {
      const known = new Map<string, Json>([["project", projectId]])
      const key = credential.reveal()
      if ("clientId" in key) known.set("client", key.clientId)
      try {
        await runSteps(way, {
          send,
          known,
          redactor,
          signal,
          mayWrite: plan.mayWrite,
          wait: (seconds) => plan.wait(seconds, signal),
          onExchange(exchange) {
            exchanges.push(exchange)
            plan.onExchange?.(exchange)
          },
        })
      } catch (error) {
        failure = signal.aborted ? null : error
      }
      left.push(...(await cleanUp(send, projectId, plan.wait)))
      if (signal.aborted || failure !== null || left.length > 0) return { exchanges, left, failure }
    }
  }
  return { exchanges, left, failure }
}

/** Compares exchanges with what the stand-in answers to the same requests. */
export async function compareWithStandIn(exchanges: readonly Exchange[]) {
  const whole = await recordStandIn(exchanges, () => true)
  const has = ({ credential, version, step }: Pick<Exchange, keyof Way | "step">) =>
    exchanges.some((one) => one.credential === credential && one.version === version && one.step === step)
  // A write that was left out is left out here too, so both have the same things.
  const isWhole = whole.every(has)
  const same = isWhole
    ? whole
    : await recordStandIn(exchanges, ({ name: step }, way) => has({ ...way, step }))
  const verdict = judge(exchanges, same, whole)
  return { ...verdict, table: formatVerdicts(verdict) }
}

async function recordStandIn(
  before: readonly Exchange[],
  mayWrite: (...args: Parameters<Site["mayWrite"]>) => boolean,
): Promise<Exchange[]> {
  const simulator = createSimulator({ speed: 0 })
  const has = (kind: Way["credential"]) => before.some(({ credential }) => credential === kind)
  try {
    const { exchanges, failure } = await record({
      origin: (await simulator.listen()).origin,
      credentials: [
        ...(has("key") ? [new AtlasCredential("key", ownerKey, "*")] : []),
        ...(has("service account") ? [new AtlasCredential("account", demoServiceAccount, "*")] : []),
      ],
      projectId: seededIds.emptySandbox,
      mayWrite: (step, way) => Promise.resolve(mayWrite(step, way)),
      wait: (seconds) => Promise.resolve(simulator.advance(seconds)),
      signal: new AbortController().signal,
    })
    if (failure !== null) throw failure
    return exchanges
  } finally {
    await simulator.close()
  }
}

function waysOf({ kind }: AtlasCredential): Way[] {
  const credential = kind === "digest" ? "key" : "service account"
  return [
    { credential, version: "v1.0" },
    { credential, version: "v2" },
  ]
}

function nameKey(credential: AtlasCredential, redactor: Redactor): void {
  const key = credential.reveal()
  if ("publicKey" in key) {
    redactor.name(key.publicKey, "key")
    redactor.name(key.privateKey, "secret")
  } else {
    redactor.name(key.clientId, "client")
    redactor.name(key.clientSecret, "secret")
  }
}
