import { seededIds } from "@peering-desk/atlas-simulator"
import type { Persona } from "@peering-desk/demo-identity-provider"
import type { AccessRules } from "#sign-in/access-rules.ts"

/** The project that roles are held in, and another one. */
export const projectHere = seededIds.payments
export const projectElsewhere = seededIds.analytics

/** Everything that somebody can be; `nobody` is not signed in, `roleless` has an account and nothing else. */
export const standings = [
  "nobody",
  "roleless",
  "viewer",
  "requester",
  "administrator",
  "elsewhere",
  "everywhere",
  "auditor",
] as const
export type Standing = (typeof standings)[number]

/** One person of each standing; the group that they are in is called the same. */
export const personas: readonly Persona[] = standings.map((id) => ({
  id,
  name: id,
  email: `${id}@example.com`,
  may: id,
  groups: [id],
}))

const claim = "groups"
/** The access rules of these people. */
export const standingRules: AccessRules = {
  rules: [
    { claim, equals: "viewer", role: "viewer", projects: [projectHere] },
    { claim, equals: "requester", role: "requester", projects: [projectHere] },
    { claim, equals: "administrator", role: "administrator", projects: [projectHere] },
    { claim, equals: "elsewhere", role: "viewer", projects: [projectElsewhere] },
    { claim, equals: "everywhere", role: "administrator", projects: "*" },
    { claim, equals: "auditor", role: "auditor" },
  ],
}
