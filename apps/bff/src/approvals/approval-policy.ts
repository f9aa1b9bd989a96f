import {
  ApprovalPolicyLine,
  connectionActions,
  type ApprovalAction,
  type ApprovalNeed,
  type Asker,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import * as z from "zod/mini"
import { parseRules } from "#base/json-text.ts"
import { mayAdminister, mayCreate, type Access } from "#sign-in/access.ts"

const hours = z
  .number("must be a number of hours")
  .check(z.minimum(1, "must be 1 or more"), z.maximum(720, "must be 720 or less"))

const PolicyFile = z.strictObject({
  /** The first line that fits decides. Without one, no approval is needed. */
  lines: z.array(ApprovalPolicyLine, "must be a list of lines"),
  /** A request that nobody decided expires after this time. */
  expireAfterHours: z._default(hours, 72),
})

/** Says which changes another person has to approve. */
export type ApprovalPolicy = z.output<typeof PolicyFile>

/**
 * Reads the text of an `APPROVAL_POLICY_FILE`.
 * @throws Error with one readable list of all errors. It quotes nothing of the text.
 */
export function parseApprovalPolicy(json: string): ApprovalPolicy {
  return parseRules(json, PolicyFile)
}

interface Question {
  projectId: string
  providerName: ProviderName
  action: ApprovalAction
  asker: Asker
}

/** The line that decides, counted from 1, and who has to approve; null when nobody has to. */
interface Decision {
  line: number | null
  needs: ApprovalNeed | null
}

/** Finds the first line that fits somebody who asks. */
export function decideApproval(
  { lines }: Pick<ApprovalPolicy, "lines">,
  { projectId, providerName, action, asker }: Question,
): Decision {
  const index = lines.findIndex(
    ({ projects, clouds, actions, askers }) =>
      (projects === "*" || projects.includes(projectId)) &&
      (clouds ?? [providerName]).includes(providerName) &&
      fitsAction(actions, action) &&
      (askers ?? [asker]).includes(asker),
  )
  const needs = lines[index]?.needs ?? "nobody"
  return { line: index === -1 ? null : index + 1, needs: needs === "nobody" ? null : needs }
}

function fitsAction(actions: ApprovalPolicyLine["actions"], action: ApprovalAction): boolean {
  const fitting: readonly ApprovalAction[] | "*" = actions ?? connectionActions
  return fitting === "*" || fitting.includes(action)
}

/** Returns the stricter need of two actions that are one request. */
export function toStricterNeed(one: ApprovalNeed | null, other: ApprovalNeed | null): ApprovalNeed | null {
  return one === "administrator" || other === "administrator" ? "administrator" : (one ?? other)
}

/** Returns as whom somebody asks. An API token asks as its owner and as a token. */
export function toAskers(owner: Access, projectId: string, isToken: boolean): Asker[] {
  const role = mayAdminister(owner, projectId) ? "administrator" : "requester"
  return isToken ? [role, "token"] : [role]
}

/** Finds the strictest line among those of several askers. */
export function decideStrictest(
  policy: Pick<ApprovalPolicy, "lines">,
  askers: readonly Asker[],
  question: Omit<Question, "asker">,
): Decision {
  const found = askers.map((asker) => decideApproval(policy, { ...question, asker }))
  const needs = found.map((decision) => decision.needs).reduce(toStricterNeed)
  return found.find((decision) => decision.needs === needs && decision.line !== null) ?? { line: null, needs }
}

/** Says why somebody may not approve or decline a request: `null` when they may. */
export function judgeApprover(
  {
    projectId,
    needs,
    requesterKeys,
  }: { projectId: string; needs: ApprovalNeed; requesterKeys: readonly string[] },
  approver: { userKey: string; access: Access; isToken: boolean },
): "own" | "token" | "role" | null {
  if (requesterKeys.includes(approver.userKey)) return "own"
  if (approver.isToken) return "token"
  const hasRole = needs === "administrator" ? mayAdminister : mayCreate
  return hasRole(approver.access, projectId) ? null : "role"
}

/** The policy in force, which can be replaced while the server runs. Null without one. */
export type ApprovalPolicyBook = ReturnType<typeof createApprovalPolicyBook>

export function createApprovalPolicyBook(first: ApprovalPolicy | null) {
  let policy = first
  return {
    read: () => policy,
    replace(next: ApprovalPolicy | null) {
      policy = next
    },
  }
}
