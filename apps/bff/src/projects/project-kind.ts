import {
  providerNames,
  type ApprovalTarget,
  type ProjectChangeName,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import type { ChangeKind } from "#changes/engine/change-kind.ts"

/** A kind of change of a project: a container, an entry of the access list, or a setting. */
export interface ProjectKind<Plan, Result, Before> extends ChangeKind<Plan, Result, Before> {
  readonly action: ProjectChangeName
  /** Returns the thing that a plan changes, unique in its project. */
  toSubject(plan: Plan): string
}

type Shared = "toClouds" | "toShown" | "toAttempt"

/** Adds what all kinds of changes of a project share. */
export function createProjectKind<Plan extends object, Result, Before extends object | null>(
  kind: Omit<ProjectKind<Plan, Result, Before>, Shared>,
): ProjectKind<Plan, Result, Before> {
  return {
    ...kind,
    toClouds(plan) {
      if ("providerName" in plan) return [plan.providerName as ProviderName]
      return kind.action === "custom-dns-change" || "awsSecurityGroup" in plan ? ["AWS"] : providerNames
    },
    toShown: ({ plan, before }) => ({
      kind: kind.action,
      body: { ...(plan as object) },
      before: toTarget(before),
    }),
    toAttempt: ({ plan, before }) => ({ peeringId: null, request: plan, before }),
  }
}

/** Atlas changes them by itself. */
const volatile: ReadonlySet<string> = new Set(["provisioned", "status"])

/** Returns the values of a container, an entry or a setting that must stay the same until its change is sent. */
function toTarget(before: object | null): ApprovalTarget | null {
  if (before === null) return null
  const isCompared = ([name, value]: [string, unknown]) =>
    !volatile.has(name) && ["string", "boolean"].includes(typeof value)
  return Object.fromEntries(Object.entries(before).filter(isCompared)) as ApprovalTarget
}
