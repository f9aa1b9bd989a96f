import { createSimulator, ownerKey } from "@peering-desk/atlas-simulator"
import { redCodes, toVerdict } from "@peering-desk/peering-rules"
import { describe, expect, test } from "vitest"
import { createLoggedClient } from "#test/support/atlas.ts"
import { readRefusal, readSnapshot, sendAnyway } from "#test/support/judged-snapshot.ts"
import type { RefusalCase } from "#test/support/refusal-cases.ts"
import { refusalCases } from "#test/support/refusals.ts"

const readerKey = { publicKey: "simreads", privateKey: "fa4e0000-0000-4000-8000-000000000002" }

async function askBoth(refusal: RefusalCase, apiVersion: "v1.0" | "2023-01-01") {
  const simulator = createSimulator({ speed: 0, ...refusal.simulator })
  const { origin } = await simulator.listen()
  const connect = (credential: typeof readerKey) =>
    createLoggedClient(origin, { credential, apiVersion }).client
  try {
    await refusal.prepare?.(connect(ownerKey))
    const client = connect(refusal.mayOnlyRead === true ? readerKey : ownerKey)
    const draft = typeof refusal.draft === "function" ? refusal.draft(simulator) : refusal.draft
    const snapshot = await readSnapshot(client, refusal.projectId, refusal.simulator?.peerLimit ?? 50)
    const verdict = toVerdict(draft, snapshot)
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

test("refusal cases cover every code with which a check can be red", () => {
  const named = Object.entries(redCodes).flatMap(([id, codes]) => codes.map((code) => `${id} ${code}`))
  const tried = new Set(refusalCases.map(({ id, errorCode }) => `${id} ${errorCode}`))
  expect(named.filter((one) => !tried.has(one))).toEqual([])
})
