import type { KeyMayCreate } from "@peering-desk/shared-schemas"
import { describe, expect, test } from "vitest"
import { readKeyRoot, type KeyRole } from "#atlas/key-description.ts"
import { mayCreateIn } from "./key-rights.ts"

const project = { id: "p1", name: "payments", orgId: "o1" }
const on = (projectId: string, roleName: string): KeyRole => ({ projectId, orgId: null, roleName })
const over = (orgId: string, roleName: string): KeyRole => ({ projectId: null, orgId, roleName })

test.each<[string, KeyRole[] | null, KeyMayCreate]>([
  ["owning the project", [on("p1", "GROUP_READ_ONLY"), on("p1", "GROUP_OWNER")], "yes"],
  ["owning its organization", [over("o1", "ORG_OWNER")], "yes"],
  ["managing its network access", [on("p1", "GROUP_NETWORK_ACCESS_MANAGER")], "in-existing-containers"],
  [
    "managing its network access and owning it",
    [on("p1", "GROUP_NETWORK_ACCESS_MANAGER"), on("p1", "GROUP_OWNER")],
    "yes",
  ],
  [
    "managing its network access beside a role that is new to us",
    [on("p1", "GROUP_NETWORK_ACCESS_MANAGER"), on("p1", "GROUP_CONTAINER_FRIEND")],
    "unknown",
  ],
  ["reading the project", [on("p1", "GROUP_READ_ONLY"), on("p2", "GROUP_OWNER")], "no"],
  ["reading the organization", [over("o1", "ORG_READ_ONLY"), over("o1", "ORG_MEMBER")], "no"],
  ["being a member with a small role", [over("o1", "ORG_MEMBER"), on("p1", "GROUP_CLUSTER_MANAGER")], "no"],
  ["owning another organization", [over("o2", "ORG_OWNER"), on("p1", "GROUP_READ_ONLY")], "no"],
  ["a role that is new to us", [on("p1", "GROUP_READ_ONLY"), on("p1", "GROUP_PEERING_FRIEND")], "unknown"],
  ["no role that we could see", [on("p2", "GROUP_READ_ONLY")], "unknown"],
  ["no roles", [], "unknown"],
  ["an answer without roles", null, "unknown"],
  [
    "an organization's role that does not say which",
    [over("", "ORG_OWNER")].map((role) => ({ ...role, orgId: null })),
    "unknown",
  ],
])("%s: %j → %s", (_name, roles, expected) => {
  expect(mayCreateIn(project, { roles, unknownIn: [] })).toBe(expected)
})

test.each<[string, KeyMayCreate]>([
  ["GROUP_OWNER", "yes"],
  ["GROUP_NETWORK_ACCESS_MANAGER", "unknown"],
  ["GROUP_READ_ONLY", "unknown"],
])("a role %s beside roles that Atlas did not tell leaves the right to create: %s", (roleName, expected) => {
  expect(mayCreateIn(project, { roles: [on("p1", roleName)], unknownIn: ["p1"] })).toBe(expected)
})

test("an organization owner's right is not denied when the project's organization is unknown", () => {
  const homeless = { ...project, orgId: null }
  const judge = (roles: KeyRole[]) => mayCreateIn(homeless, { roles, unknownIn: [] })
  expect(judge([over("o1", "ORG_OWNER"), on("p1", "GROUP_READ_ONLY")])).toBe("unknown")
  expect(judge([on("p1", "GROUP_READ_ONLY")])).toBe("no")
})

describe("the API root's answer", () => {
  test("is read leniently", () => {
    const apiKey = {
      roles: [
        { groupId: "p1", roleName: "GROUP_OWNER" },
        { orgId: "o1", roleName: "ORG_MEMBER", extra: 1 },
        { orgId: "o1" },
        null,
        7,
      ],
      accessList: [
        { cidrBlock: "203.0.113.0/24", ipAddress: null },
        { ipAddress: "198.51.100.7" },
        { cidrBlock: 7 },
        "x",
      ],
    }
    expect(readKeyRoot({ apiKey })).toEqual({
      roles: [on("p1", "GROUP_OWNER"), over("o1", "ORG_MEMBER")],
      accessList: ["203.0.113.0/24", "198.51.100.7"],
    })
  })

  test.each([[{}], [{ apiKey: null }], [{ apiKey: [] }], [{ apiKey: { roles: "all", accessList: {} } }]])(
    "describes nothing when it is %j",
    (body) => {
      expect(readKeyRoot(body)).toEqual({ roles: null, accessList: null })
    },
  )

  test.each([[null], [[]], ["x"], [undefined]])("is ignored when it is %j", (body) => {
    expect(readKeyRoot(body)).toBeNull()
  })
})
