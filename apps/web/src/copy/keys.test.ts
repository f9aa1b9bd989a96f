import type { KeyMayCreate, KeyReport } from "@peering-desk/shared-schemas"
import { afterEach, expect, test } from "vitest"
import { setFirstRender } from "#ui/first-render.ts"
import { toKeyRights, toSecretWords } from "./keys.ts"

const toReport = (rights: KeyMayCreate[]): KeyReport => ({
  label: "main",
  kind: "digest",
  maskedId: "ab…wxyz",
  apiVersion: "v1.0",
  serves: "*",
  roles: null,
  reach: rights.map((keyMayCreate, index) => ({ id: String(index), name: "payments", keyMayCreate })),
  shortcomings: [],
  accessList: null,
  accessListSays: null,
  readsPolicies: "yes",
  problem: null,
  secret: null,
  checkedAt: null,
  deprecations: [],
  lowestLimit: null,
})

test.each<[KeyMayCreate[], string]>([
  [[], "No project"],
  [["yes", "yes"], "Create connections and containers"],
  [["in-existing-containers"], "Create connections in existing containers"],
  [["yes", "in-existing-containers"], "Create connections, and containers except in 1 of 2 projects"],
  [["yes", "no"], "Create connections, except in 1 of 2 projects"],
  [["no"], "View connections"],
  [["unknown"], "View connections (right to create not known)"],
  [["yes", "unknown"], "Create connections and containers, not known in 1 of 2 projects"],
  [["no", "unknown"], "View connections, right to create not known in 1 of 2 projects"],
  [["yes", "no", "unknown"], "Create connections, except in 1 of 3 projects, not known in 1"],
])("toKeyRights says of a key with %j: %s", (rights, words) => {
  expect(toKeyRights(toReport(rights))).toBe(words)
})

afterEach(() => setFirstRender(() => null))

test("a secret is good until a day on the person's own clock", () => {
  const unknown = { lastUsedAt: null, other: null, orgId: null, replacedId: null, warning: null, says: null }
  const secret = { ...unknown, expiresAt: "2026-12-12T03:00:00Z" }
  setFirstRender(() => ({ now: 0, timeZone: "America/New_York", isMac: false, lastProject: null }))
  expect(toSecretWords({ ...toReport([]), kind: "service-account", secret }).until).toBe("Until 11 Dec 2026")
})
