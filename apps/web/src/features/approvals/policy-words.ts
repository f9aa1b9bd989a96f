import {
  connectionActions,
  providerLabels,
  type ApprovalAction,
  type ApprovalPolicyLine,
  type ApprovalPolicyResult,
  type Asker,
  type ExampleAsker,
} from "@peering-desk/shared-schemas"
import { approverWords } from "#copy/approvals.ts"

export const actionNames: Record<ApprovalAction, string> = {
  create: "Create",
  change: "Edit",
  delete: "Delete",
  container: "Create or delete a container",
  "access-list": "Add to the IP access list",
  "private-ip-mode": "Switch peering-only mode",
  "custom-dns": "Switch custom DNS",
}

export const askerNames: Record<ExampleAsker, string> = {
  requester: "A requester",
  administrator: "An administrator",
  "requester-token": "API token of a requester",
  "administrator-token": "API token of an administrator",
}

/** Who has to approve by a line of the policy. */
export const needWords: Record<ApprovalPolicyLine["needs"], string> = {
  requester: "Another requester or an administrator",
  administrator: "An administrator",
  nobody: "Nobody",
}

/** Says what the policy decides on an example, and by which line. */
export function toExampleResult({ line, needs }: ApprovalPolicyResult, asker: ExampleAsker): string {
  if (line === null) return "No rule matches: no approval needed."
  if (needs === null) return `Rule ${line}: no approval needed.`
  const another = needs === "administrator" && asker.startsWith("administrator")
  return `Rule ${line}: ${another ? "another administrator" : approverWords[needs]} of the project has to approve.`
}

const askerGroups: Record<Asker, string> = {
  requester: "requesters",
  administrator: "administrators",
  token: "API tokens",
}

function toLineAction(action: ApprovalAction): string {
  const name = actionNames[action]
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}`
}

/** Describes what a line of the policy is about. */
export function toLineScope({
  clouds,
  actions,
  askers,
}: Pick<ApprovalPolicyLine, "clouds" | "actions" | "askers">): string {
  const cloudWords =
    clouds === undefined ? "Every cloud" : clouds.map((cloud) => providerLabels[cloud]).join(", ")
  const actionWords =
    actions === "*" ? "every action" : (actions ?? connectionActions).map(toLineAction).join(", ")
  const askerWords = askers === undefined ? "everybody" : askers.map((one) => askerGroups[one]).join(", ")
  return `${cloudWords} · ${actionWords} · ${askerWords}`
}
