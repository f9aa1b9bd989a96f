import { AtlasId, ProjectRole } from "@peering-desk/shared-schemas"
import * as z from "zod/mini"
import { parseRules } from "#base/json-text.ts"
import { isRoleClaim, type RoleClaims } from "#sign-in/provider/role-claims.ts"
import { toHigherRole, type Access } from "./access.ts"

const text = z.string("must be a text").check(z.minLength(1, "must not be empty"))
const claimName = text.check(
  z.refine(
    isRoleClaim,
    "is not kept from an ID token: name a claim about the person, such as groups or email",
  ),
)
const someProjects = z.union(
  [z.literal("*"), z.array(AtlasId).check(z.minLength(1, "must name a project"))],
  'must be "*" or a list of project ids (24 hexadecimal digits)',
)

const Rule = z.discriminatedUnion(
  "role",
  [
    z.strictObject({ claim: claimName, equals: text, role: ProjectRole, projects: someProjects }),
    z.strictObject({ claim: claimName, equals: text, role: z.literal("auditor") }),
  ],
  "must be viewer, requester, administrator or auditor",
)

const RulesFile = z.strictObject({
  rules: z.array(Rule, "must be a list of rules"),
  /** Whom to ask for access; shown to people who lack it. */
  askWhom: z.optional(text),
})

export type AccessRules = z.infer<typeof RulesFile>

/**
 * Reads the text of an `ACCESS_RULES_FILE`.
 * @throws Error with one readable list of all errors. It quotes nothing of the text, which may be a secret.
 */
export function parseAccessRules(json: string): AccessRules {
  return parseRules(json, RulesFile)
}

/**
 * Computes a person's access from their claims. A rule applies when the claim is exactly that text, or a list with exactly
 * that text in it; roles of several rules add up.
 */
export function evaluateAccess({ rules }: AccessRules, claims: RoleClaims): Access {
  const values = new Map<string, ReadonlySet<string>>()
  const has = (claim: string, wanted: string): boolean => {
    let found = values.get(claim)
    if (found === undefined) {
      const value = Object.hasOwn(claims, claim) ? claims[claim] : undefined
      found = new Set(typeof value === "string" ? [value] : value)
      values.set(claim, found)
    }
    return found.has(wanted)
  }

  let everywhere: Access["everywhere"] = null
  let auditor = false
  const projects = new Map<string, ProjectRole>()
  for (const rule of rules) {
    if (!has(rule.claim, rule.equals)) continue
    if (rule.role === "auditor") auditor = true
    else if (rule.projects === "*") everywhere = toHigherRole(everywhere, rule.role)
    else
      for (const id of rule.projects)
        projects.set(id, toHigherRole(projects.get(id) ?? null, rule.role) ?? rule.role)
  }
  return { everywhere, projects, auditor }
}

export type RuleBook = ReturnType<typeof createRuleBook>

/** The rules in force. They can be replaced while people are signed in, and count from the next request. */
export function createRuleBook(first: AccessRules) {
  let rules = first
  const callbacks = new Set<() => void>()
  return {
    accessOf: (claims: RoleClaims) => evaluateAccess(rules, claims),
    /** The claims that rules read. */
    claimNames: (): ReadonlySet<string> => new Set(rules.rules.map(({ claim }) => claim)),
    /** Whom to ask for access; null when the rules name nobody. */
    askWhom: () => rules.askWhom ?? null,
    replace(next: AccessRules) {
      rules = next
      for (const callback of callbacks) callback()
    },
    /** Calls back after each replacement; the returned function stops that. */
    onReplaced(callback: () => void) {
      callbacks.add(callback)
      return () => void callbacks.delete(callback)
    },
  }
}
