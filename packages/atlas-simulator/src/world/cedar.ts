import { createRequire } from "node:module"
import type * as cedar from "@cedar-policy/cedar-wasm/nodejs"

type Cedar = typeof cedar

let loaded: Cedar | null = null

/** Loads Cedar's own engine with the first policy that is set. */
function loadCedar(): Cedar {
  loaded ??= createRequire(import.meta.url)("@cedar-policy/cedar-wasm/nodejs") as Cedar
  return loaded
}

/** A change as policies see it. */
export type PolicyQuestion = {
  action: "project.vpcPeering.modify" | "project.ipAccessList.modify"
  projectId: string
  orgId: string
  /** The members of `context.project`; an address is `{ip}`. */
  project: Record<string, readonly (string | { ip: string })[]>
}

const toCedar = (value: string | { ip: string }) =>
  typeof value === "string" ? value : { __extn: { fn: "ip", arg: value.ip } }

/** A text with `permit` allows instead. */
const isForbidding = ({ decision, diagnostics }: { decision: string; diagnostics: { reason: string[] } }) =>
  decision === "deny" && diagnostics.reason.length > 0

/** Returns true when a policy forbids a change. A text that cannot be parsed or evaluated forbids nothing, as Cedar has it. */
export function isForbidden(body: string, { action, projectId, orgId, project }: PolicyQuestion): boolean {
  const uid = { type: "ResourcePolicy::Project", id: projectId }
  const context = Object.entries(project).map(([name, set]) => [name, set.map(toCedar)] as const)
  const answer = loadCedar().isAuthorized({
    principal: { type: "ResourcePolicy::Principal", id: "caller" },
    action: { type: "ResourcePolicy::Action", id: action },
    resource: uid,
    context: { project: Object.fromEntries(context) },
    policies: { staticPolicies: { policy: body } },
    entities: [{ uid, attrs: {}, parents: [{ type: "ResourcePolicy::Organization", id: orgId }] }],
  })
  return answer.type === "success" && isForbidding(answer.response)
}
