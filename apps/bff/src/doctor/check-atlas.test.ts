import type { KeyReport } from "@peering-desk/shared-schemas"
import { expect, test } from "vitest"
import type { KeyInUse } from "#atlas/key-in-use.ts"
import { checkAtlas } from "./check-atlas.ts"

const report: KeyReport = {
  label: "prod",
  kind: "service-account",
  maskedId: "mdb_sa_id_…",
  apiVersion: "2023-01-01",
  serves: "*",
  checkedAt: "2026-01-15T12:00:00.000Z",
  deprecations: [],
  lowestLimit: null,
  roles: [],
  reach: [{ id: "64b1f0a27c3d5e4f8a9b0c1d", name: "payments-prod", keyMayCreate: "yes" }],
  shortcomings: [],
  accessList: null,
  accessListSays: null,
  readsPolicies: "unknown",
  problem: null,
  secret: null,
}

const examine = async (change: Partial<KeyReport>) =>
  await checkAtlas(
    { testAll: () => Promise.resolve([{ ...report, ...change }]) },
    { keys: () => [{} as KeyInUse] },
  )

test("the doctor warns of a service account's secret that ends soon", async () => {
  const says = 'The secret of "prod" expires in 3 days, on 2026-01-18.'
  const secret = {
    expiresAt: "2026-01-18T12:00:00.000Z",
    lastUsedAt: null,
    other: null,
    orgId: null,
    replacedId: null,
    warning: "within-7-days",
    says,
  } as const
  expect((await examine({ secret })).map((one) => [one.is, one.says])).toEqual([
    ["good", '"prod" works and reaches 1 project, by v2 of the API.'],
    ["warning", says],
  ])
})

test("the doctor finds a credential bad that reaches no project", async () => {
  expect(await examine({ reach: [] })).toMatchObject([
    { is: "bad", says: '"prod" works and reaches no project.', fix: expect.stringContaining("role") },
  ])
})

test("the doctor lists the projects of a read-only credential in one line", async () => {
  const projects = ["payments", "analytics", "search", "audit", "sandbox"]
  const reach = projects.map((name) => ({ id: name, name, keyMayCreate: "no" }) as const)
  const shortcomings = [...projects, "unseen"].map((projectId) => ({
    projectId,
    says: `About ${projectId}.`,
  }))
  expect(await examine({ reach, shortcomings })).toMatchObject([
    { is: "good" },
    {
      is: "bad",
      says: '"prod" cannot create connections in payments, analytics, search and 2 more: its roles there do not allow it.',
      fix: expect.stringContaining("GROUP_NETWORK_ACCESS_MANAGER"),
    },
    { is: "bad", says: "About unseen." },
  ])
})
