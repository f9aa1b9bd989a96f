import type { PlannedAct } from "@peering-desk/peering-rules"
import type { Approval, ApprovalPlan, PeeringDraft } from "@peering-desk/shared-schemas"
import { toPlanSubject } from "#copy/approvals.ts"

/** One call to Atlas that an approval sends. */
export interface SentAct {
  number: number
  says: string
  /** Null for one without a body. */
  body: unknown
}

type NetworkPlan = Extract<ApprovalPlan, { request: unknown }>

/** Returns the draft of a plan that creates a connection; null for another one. */
export function toPlannedDraft({ plan, providerName }: Approval): PeeringDraft | null {
  if (!("request" in plan) || providerName === null) return null
  const { providerName: _, ...request } = plan.request
  const { regionName, ...container } = plan.newContainer ?? {}
  return {
    providerName,
    request: request as Record<string, string>,
    ...(plan.newContainer && {
      newContainer: { region: regionName, ...container } as NonNullable<PeeringDraft["newContainer"]>,
    }),
    ...(plan.kind === "request-again" && { replaces: plan.peeringId }),
  }
}

/** Pairs the acts of a plan that Atlas does with the bodies that it gets. */
export function listNetworkActs(plan: NetworkPlan, acts: readonly PlannedAct[]): SentAct[] {
  const bodies = [
    ...(plan.kind === "request-again" ? [null] : []),
    ...(plan.newContainer === undefined ? [] : [plan.newContainer]),
    plan.request,
  ]
  return acts
    .filter(({ by }) => by === "atlas")
    .map(({ number, says }, index) => ({ number, says, body: bodies[index] ?? null }))
}

/** Returns the one act of a plan that creates no connection. */
export function listOtherActs(plan: Exclude<ApprovalPlan, NetworkPlan>): SentAct[] {
  const subject = toPlanSubject(plan)
  const says = {
    change: `Change the connection ${subject}.`,
    delete: `Delete the connection ${subject}.`,
    "container-create": `Create the container ${subject}.`,
    "container-delete": `Delete the container ${subject}.`,
    "access-list-add": `Add ${subject} to the IP access list.`,
    "private-ip-mode-change": `Switch peering-only mode ${subject}.`,
    "custom-dns-change": `Switch custom DNS ${subject}.`,
  }[plan.kind]
  const body = plan.kind === "delete" || plan.kind === "container-delete" ? null : plan.body
  return [{ number: 1, says, body: plan.kind === "access-list-add" ? [body] : body }]
}

/** Tells if a plan takes something away that exists, so that approving it is confirmed. */
export function isDestructive(plan: ApprovalPlan): boolean {
  return (
    plan.kind === "delete" ||
    plan.kind === "request-again" ||
    plan.kind === "container-delete" ||
    (plan.kind === "change" && "vpcId" in plan.body)
  )
}
