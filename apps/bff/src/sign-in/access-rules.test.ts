import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { toRoleClaims } from "#sign-in/provider/role-claims.ts"
import { mayAdminister, mayAdministerAll, mayAudit, mayCreate, mayView, toRoleIn } from "./access.ts"
import { createRuleBook, evaluateAccess, parseAccessRules } from "./access-rules.ts"

const one = "32b6e34b3d91647abb20e7b8"
const two = "5f2a1c3b4d5e6f7081920a1b"
const rules = parseAccessRules(
  JSON.stringify({
    rules: [
      { claim: "groups", equals: "peering-admins", role: "administrator", projects: "*" },
      { claim: "groups", equals: "viewers", role: "viewer", projects: "*" },
      { claim: "groups", equals: "payments-team", role: "requester", projects: [one] },
      { claim: "groups", equals: "payments-leads", role: "administrator", projects: [one] },
      { claim: "department", equals: "security", role: "auditor" },
    ],
  }),
)

const accessOf = (claims: Record<string, unknown>) => evaluateAccess(rules, toRoleClaims(claims))
const nothing = { everywhere: null, projects: new Map(), auditor: false }

describe("an access rule", () => {
  it.each([
    ["is exactly that text", "peering-admins"],
    ["is a list with that text", ["a", "peering-admins", "b"]],
    [
      "is a list of 2,000",
      [...Array.from({ length: 1999 }, (_, index) => `group-${index}`), "peering-admins"],
    ],
  ])("applies when the claim %s", (_name, groups) => {
    expect(accessOf({ groups }).everywhere).toBe("administrator")
  })

  it.each([
    ["missing", undefined],
    ["null", null],
    ["empty", ""],
    ["an empty list", []],
    ["a beginning of the group's name", "peering-admin"],
    ["a longer name", "peering-admins-emea"],
    ["a path ending with it", "/peering-admins"],
    ["the same in capitals", "Peering-Admins"],
    ["surrounded by blanks", " peering-admins "],
    ["a text of several, comma-separated", "x,peering-admins"],
    ["a list in a list", [["peering-admins"]]],
    ["an object", { "peering-admins": true }],
    ["a list of objects", [{ name: "peering-admins" }]],
    ["true", true],
    ["a list of 2,000 others", Array.from({ length: 2000 }, (_, index) => `peering-admins-${index}`)],
  ])("does not apply when the claim is %s", (_name, groups) => {
    expect(accessOf({ groups })).toEqual(nothing)
  })

  it("reads its own claim only, not inherited object properties", () => {
    expect(accessOf({ roles: ["peering-admins"], department: "peering-admins" })).toEqual(nothing)
    const odd = parseAccessRules(
      JSON.stringify({ rules: [{ claim: "constructor", equals: "Object", role: "auditor" }] }),
    )
    expect(evaluateAccess(odd, {}).auditor).toBe(false)
    expect(evaluateAccess(odd, toRoleClaims(JSON.parse('{"constructor":"Object"}'))).auditor).toBe(true)
  })

  it("refuses claims that every token has: issuer, subject, audience, nonce", () => {
    expect(toRoleClaims({ sub: "a", iss: "b", aud: "c", nonce: "d", exp: 1, groups: "g" })).toEqual({
      groups: "g",
    })
  })

  it.each([
    ["it is", { email: "a@example.com", email_verified: true }, "a@example.com"],
    ["it is not", { email: "a@example.com", email_verified: false }, undefined],
    ["nothing is said of that", { email: "a@example.com" }, undefined],
    ["that is said in a text", { email: "a@example.com", email_verified: "true" }, undefined],
  ])(
    "can be met by an e-mail address only when the provider says that it is theirs: %s",
    (_, claims, kept) => {
      expect(toRoleClaims({ ...claims, groups: "g" })["email"]).toBe(kept)
    },
  )

  it("combines with other rules; the higher role wins", () => {
    const access = accessOf({
      groups: ["viewers", "payments-team", "payments-leads"],
      department: "security",
    })
    expect([toRoleIn(access, one), toRoleIn(access, two), access.auditor]).toEqual([
      "administrator",
      "viewer",
      true,
    ])
  })

  it("applies exactly when the text is among the claim's texts", () => {
    const names = fc.constantFrom("viewers", "viewer", "viewers ", "payments-team", "peering-admins", "")
    fc.assert(
      fc.property(fc.array(names), (groups) => {
        const access = accessOf({ groups })
        expect(access.everywhere !== null).toBe(
          groups.includes("viewers") || groups.includes("peering-admins"),
        )
        expect(access.projects.has(one)).toBe(groups.includes("payments-team"))
      }),
    )
  })
})

describe("a role", () => {
  const table = [
    ["viewers", true, false, false, false],
    ["payments-team", true, true, false, false],
    ["payments-leads", true, true, true, false],
    ["peering-admins", true, true, true, true],
  ] as const
  it.each(table)("%s: may view %s, create %s, administer %s, audit %s", (group, ...may) => {
    const access = accessOf({ groups: group })
    expect([
      mayView(access, one),
      mayCreate(access, one),
      mayAdminister(access, one),
      mayAudit(access),
    ]).toEqual(may)
  })

  it("gives no right in another project or over all projects", () => {
    const access = accessOf({ groups: "payments-leads" })
    expect([mayView(access, two), mayAudit(access)]).toEqual([false, false])
    expect(mayAdministerAll(access)).toBe(false)
    expect(mayAdministerAll(accessOf({ groups: "peering-admins" }))).toBe(true)
  })

  it("auditor reads every audit row and sees no project", () => {
    const access = accessOf({ department: "security" })
    expect([mayAudit(access), mayView(access, one)]).toEqual([true, false])
  })
})

describe("a rules file", () => {
  it.each([
    ["{", /not JSON/],
    ["[]", /the file/],
    ["null", /the file: must be an object, in \{ \}/],
    ["{}", /rules/],
    ['{"rules":["viewer"]}', /rules\[1\]: must be an object/],
    ['{"rules":[{"claim":"g","equals":"x","role":"owner","projects":"*"}]}', /rules\[1\].*must be viewer/],
    [
      '{"rules":[{"claim":"g","equals":"x","role":"viewer"}]}',
      /rules\[1\]\.projects: must be "\*" or a list/,
    ],
    ['{"rules":[{"claim":"g","equals":"x","role":"viewer","projects":[]}]}', /rules\[1\]\.projects/],
    ['{"rules":[{"claim":"g","equals":"x","role":"viewer","projects":["../x"]}]}', /rules\[1\]\.projects/],
    ['{"rules":[{"claim":"","equals":"x","role":"auditor"}]}', /rules\[1\]\.claim: must not be empty/],
    ['{"rules":[{"claim":"sub","equals":"x","role":"auditor"}]}', /rules\[1\]\.claim: is not kept/],
    ['{"rules":[{"claim":"g","equals":["x"],"role":"auditor"}]}', /rules\[1\]\.equals/],
    ['{"rules":[{"claim":"g","equals":"x","role":"auditor","projects":"*"}]}', /projects/],
    ['{"rules":[{"claim":"g","startsWith":"x","role":"auditor"}]}', /startsWith/],
  ])("refuses %s with a readable message", (text, words) => {
    expect(() => parseAccessRules(text)).toThrow(words)
  })

  it("lists all of its mistakes at once", () => {
    const text =
      '{"rules":[{"claim":"","equals":"x","role":"auditor"},{"claim":"g","equals":"","role":"auditor"}]}'
    expect(() => parseAccessRules(text)).toThrow(/rules\[1\]\.claim.*; rules\[2\]\.equals/)
  })

  it("can be replaced while the server runs", () => {
    const book = createRuleBook(rules)
    const seen: boolean[] = []
    const stop = book.onReplaced(() => seen.push(book.accessOf({ groups: "x" }).auditor))
    const next = { rules: [{ claim: "groups", equals: "x", role: "auditor" as const }], askWhom: "us" }
    book.replace(next)
    expect([seen, book.askWhom()]).toEqual([[true], "us"])
    stop()
    book.replace(rules)
    expect([seen, book.askWhom()]).toEqual([[true], null])
  })
})
