import { describe, expect, test } from "vitest"
import type { Access } from "#sign-in/access.ts"
import {
  decideApproval,
  judgeApprover,
  parseApprovalPolicy,
  toAskers,
  toStricterNeed,
} from "./approval-policy.ts"

const production = "32b6e34b3d91647abb20e7b8"
const staging = "5f2a1c3b4d5e6f7081920a1b"
const sandbox = "64b1f0a27c3d5e4f8a9b0c1d"

const policy = parseApprovalPolicy(
  JSON.stringify({
    lines: [
      { projects: [sandbox], needs: "nobody" },
      { projects: "*", askers: ["token"], needs: "administrator" },
      { projects: [production], actions: ["delete"], needs: "administrator" },
      { projects: [production], needs: "requester" },
      { projects: [staging], clouds: ["AWS", "AZURE"], actions: ["create", "change"], needs: "requester" },
      { projects: [staging], askers: ["requester"], actions: ["delete"], needs: "administrator" },
    ],
  }),
)

describe("the approval policy", () => {
  test.each([
    // project, cloud, action, asker, line, needs
    [production, "AWS", "create", "requester", 4, "requester"],
    [production, "GCP", "create", "administrator", 4, "requester"],
    [production, "AZURE", "change", "requester", 4, "requester"],
    [production, "AWS", "delete", "requester", 3, "administrator"],
    [production, "AWS", "delete", "administrator", 3, "administrator"],
    [production, "AWS", "create", "token", 2, "administrator"],
    [production, "AWS", "delete", "token", 2, "administrator"],
    [staging, "AWS", "create", "requester", 5, "requester"],
    [staging, "AZURE", "change", "administrator", 5, "requester"],
    [staging, "GCP", "create", "requester", null, null],
    [staging, "AWS", "delete", "requester", 6, "administrator"],
    [staging, "AWS", "delete", "administrator", null, null],
    [staging, "GCP", "delete", "requester", 6, "administrator"],
    [sandbox, "AWS", "create", "requester", 1, null],
    [sandbox, "AWS", "delete", "token", 1, null],
    ["f".repeat(24), "AWS", "create", "requester", null, null],
    ["f".repeat(24), "AWS", "create", "token", 2, "administrator"],
  ] as const)(
    "decides %s %s %s by a %s: line %s, %s",
    (projectId, providerName, action, asker, line, needs) => {
      expect(decideApproval(policy, { projectId, providerName, action, asker })).toEqual({ line, needs })
    },
  )

  test.each([
    ["container", "AWS", "requester"],
    ["access-list", "GCP", "requester"],
    ["private-ip-mode", "AWS", "administrator"],
    ["private-ip-mode", "GCP", null],
    ["delete", "AWS", "administrator"],
  ] as const)("tells the changes of a project apart: %s on %s", (action, providerName, needs) => {
    const { lines } = parseApprovalPolicy(
      JSON.stringify({
        lines: [
          { projects: "*", clouds: ["GCP"], actions: ["delete"], needs: "requester" },
          { projects: "*", actions: ["container", "access-list"], needs: "requester" },
          { projects: "*", clouds: ["AWS"], actions: "*", needs: "administrator" },
          { projects: "*", needs: "requester" },
        ],
      }),
    )
    const question = { projectId: production, providerName, action, asker: "requester" } as const
    expect(decideApproval({ lines }, question).needs).toBe(needs)
  })

  test("needs nobody without lines", () => {
    const question = { projectId: production, providerName: "AWS", action: "create", asker: "token" } as const
    expect(decideApproval({ lines: [] }, question)).toEqual({ line: null, needs: null })
  })

  test.each([
    [null, null, null],
    ["requester", null, "requester"],
    [null, "requester", "requester"],
    ["requester", "administrator", "administrator"],
    ["administrator", null, "administrator"],
  ] as const)("takes the stricter need of two actions in one request: %s and %s", (one, other, stricter) => {
    expect(toStricterNeed(one, other)).toBe(stricter)
  })

  test("lets requests expire after 72 hours unless it says otherwise", () => {
    expect(policy.expireAfterHours).toBe(72)
    expect(parseApprovalPolicy('{"lines":[],"expireAfterHours":4}').expireAfterHours).toBe(4)
  })

  test.each([
    ["{", "is not JSON: see line 1"],
    ['{\n "lines": [],\n}', "is not JSON: see line 3"],
    ['{"lines": x}', "is not JSON"],
    ["[]", "the file: must be an object, in { }"],
    ["null", "the file: must be an object, in { }"],
    ['{"lines":["delete"]}', "lines[1]: must be an object, in { }"],
    ['{"lines":[{"projects":"*"}]}', "lines[1].needs: must be requester, administrator or nobody"],
    ['{"lines":[{"projects":"all","needs":"nobody"}]}', 'lines[1].projects: must be "*" or a list'],
    ['{"lines":[{"projects":["x"],"needs":"nobody"}]}', "lines[1].projects"],
    ['{"lines":[{"projects":"*","clouds":["azure"],"needs":"nobody"}]}', "lines[1].clouds[1]: must be AWS"],
    ['{"lines":[{"projects":"*","actions":[],"needs":"nobody"}]}', "lines[1].actions: must name at least"],
    [
      '{"lines":[{"projects":"*","askers":["me"],"needs":"nobody"}]}',
      "lines[1].askers[1]: must be requester",
    ],
    ['{"lines":[{"projects":"*","need":"nobody"}]}', "lines[1].needs"],
    ['{"lines":[],"expireAfterHours":0}', "expireAfterHours: must be 1 or more"],
    ['{"lines":[],"expireAfterHours":721}', "expireAfterHours: must be 720 or less"],
    ['{"lines":[],"canary canary":1}', "one that is no plain word does not belong here"],
  ])("refuses %s and says where", (json, words) => {
    expect(() => parseApprovalPolicy(json)).toThrow(words)
    expect(() => parseApprovalPolicy(json)).not.toThrow("canary canary")
  })
})

describe("an approver", () => {
  const access = (role: "viewer" | "requester" | "administrator" | null, everywhere = false): Access => ({
    everywhere: everywhere ? role : null,
    projects: new Map(role === null || everywhere ? [] : [[production, role]]),
    auditor: false,
  })

  test.each([
    // needs, role, is the requester, by token, why not
    ["requester", "requester", false, false, null],
    ["requester", "administrator", false, false, null],
    ["requester", "viewer", false, false, "role"],
    ["requester", null, false, false, "role"],
    ["administrator", "requester", false, false, "role"],
    ["administrator", "administrator", false, false, null],
    ["requester", "administrator", true, false, "own"],
    ["administrator", "administrator", true, true, "own"],
    ["requester", "administrator", false, true, "token"],
  ] as const)(
    "may decide what needs %s by the role %s (own %s, token %s), unless: %s",
    (needs, role, isOwn, isToken, why) => {
      for (const everywhere of [false, true]) {
        const approver = { userKey: isOwn ? "one" : "other", access: access(role, everywhere), isToken }
        expect(judgeApprover({ projectId: production, needs, requesterKeys: ["one"] }, approver)).toBe(why)
      }
    },
  )

  test("may not decide with a role in another project", () => {
    const approver = { userKey: "other", access: access("administrator"), isToken: false }
    const request = { projectId: staging, needs: "requester", requesterKeys: ["one"] } as const
    expect(judgeApprover(request, approver)).toBe("role")
  })

  test.each([
    ["requester", false, ["requester"]],
    ["administrator", false, ["administrator"]],
    ["requester", true, ["requester", "token"]],
    ["administrator", true, ["administrator", "token"]],
  ] as const)("counts a %s (by token %s) as %s when they ask", (role, isToken, askers) => {
    expect(toAskers(access(role), production, isToken)).toEqual(askers)
  })
})
