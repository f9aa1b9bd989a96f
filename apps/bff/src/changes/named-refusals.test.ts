import { createDemoKeys, createSimulator, ownerKey, seededIds } from "@peering-desk/atlas-simulator"
import { checkDraftPolicies, redCodes, toVerdict, type ProjectSnapshot } from "@peering-desk/peering-rules"
import type { PeeringDraft } from "@peering-desk/shared-schemas"
import { describe, expect, test } from "vitest"
import type { AtlasKeyClient } from "#atlas/atlas-client.ts"
import { CachedRead } from "#base/cached-read.ts"
import { systemClock } from "#base/clock.ts"
import { createLogger } from "#base/logger.ts"
import { CedarEngine } from "#policies/cedar-engine.ts"
import { Policies } from "#policies/policies.ts"
import { createLoggedClient } from "#test/support/atlas.ts"
import { readRefusal, readSnapshot, sendAnyway } from "#test/support/judged-snapshot.ts"
import { draftIn, type RefusalCase } from "#test/support/refusal-cases.ts"
import { refusalCases } from "#test/support/refusals.ts"

const engine = new CedarEngine({ clock: systemClock, logger: createLogger("silent") })

function findKey(publicKey: string) {
  const key = createDemoKeys().find((one) => one.publicKey === publicKey)
  if (key === undefined) throw new Error(`there is no key ${publicKey}`)
  return { publicKey, privateKey: key.privateKey }
}

/** Asks the policies as the server does. */
async function judgeCreate(
  client: AtlasKeyClient,
  { here }: ProjectSnapshot,
  { providerName, request }: PeeringDraft,
) {
  const read = () => client.listResourcePolicies(here.project.id)
  const policies = new Policies({
    engine,
    clock: systemClock,
    policiesOf: () => new CachedRead(read, systemClock),
    peersOf: () => here.peers,
    entriesOf: () => Promise.resolve([]),
  })
  return await policies.judgeCreate(here.project.id, { ...request, providerName }, null)
}

async function askBoth(refusal: RefusalCase, apiVersion: "v1.0" | "2023-01-01") {
  const simulator = createSimulator({ speed: 0, ...refusal.simulator })
  const { origin } = await simulator.listen()
  const connect = (credential: ReturnType<typeof findKey>) =>
    createLoggedClient(origin, { credential, apiVersion }).client
  try {
    await refusal.prepare?.(connect(ownerKey))
    const client = connect(refusal.key === undefined ? ownerKey : findKey(refusal.key))
    const draft = typeof refusal.draft === "function" ? refusal.draft(simulator) : refusal.draft
    const snapshot = await readSnapshot(client, refusal.projectId, refusal.simulator?.peerLimit ?? 50)
    if (refusal.policy !== undefined) simulator.setPolicies([{ name: "Networks", bodies: [refusal.policy] }])
    const policies = await judgeCreate(client, snapshot, draft)
    const policyChecks = policies === null ? [] : checkDraftPolicies(policies, draft, snapshot.here.project)
    const verdict = toVerdict(draft, { ...snapshot, policyChecks })
    return { verdict, answered: await readRefusal(sendAnyway(client, refusal.projectId, draft)) }
  } finally {
    await simulator.close()
  }
}

describe.each(["v1.0", "2023-01-01"] as const)("verdict over API version %s", (apiVersion) => {
  test.each(refusalCases.map((one) => [one.what, one.errorCode, one] as const))(
    "names for %s the code of Atlas's refusal: %s",
    async (_what, errorCode, refusal) => {
      const { verdict, answered } = await askBoth(refusal, apiVersion)
      const reds = verdict.checks.filter(({ status }) => status === "red")
      expect(reds.map((check) => ({ id: check.id, errorCode: check.errorCode }))).toEqual([
        { id: refusal.id, errorCode },
      ])
      expect(answered).toBe(errorCode)
    },
  )
})

test("a key that may only peer creates a peering in an existing container, as its verdict says", async () => {
  const simulator = createSimulator({ speed: 0 })
  const { origin } = await simulator.listen()
  const { client } = createLoggedClient(origin, { credential: findKey("simpeers") })
  const draft = draftIn(seededIds.payments, "AWS", "EU_CENTRAL_1", {
    vpcId: "vpc-0f00dbeef00dbeef0",
    routeTableCidrBlock: "10.201.0.0/16",
  })(simulator)
  const { checks } = toVerdict(draft, await readSnapshot(client, seededIds.payments, 50))
  expect(checks.find(({ id }) => id === "key-rights")).toMatchObject({
    status: "green",
    says: "The Atlas API key can create connections in payments-prod, in existing containers only",
  })
  expect(checks.filter(({ status }) => status === "red")).toEqual([])
  expect(await readRefusal(sendAnyway(client, seededIds.payments, draft))).toBeNull()
  await simulator.close()
})

test("refusal cases cover every code with which a check can be red", () => {
  const named = Object.entries(redCodes).flatMap(([id, codes]) => codes.map((code) => `${id} ${code}`))
  const tried = new Set(refusalCases.map(({ id, errorCode }) => `${id} ${errorCode}`))
  expect(named.filter((one) => !tried.has(one))).toEqual([])
})
