import type { ApprovalAction, ApprovalNeed, Project, ProviderName } from "@peering-desk/shared-schemas"
import { useProject } from "#api/projects/projects.ts"

/** Returns who has to approve an action of the person in a project; null when nobody has to, or while that is unknown. */
export function useApprovalNeed(
  projectId: string,
  cloud: ProviderName | null,
  ...actions: ApprovalAction[]
): ApprovalNeed | null {
  return findApprovalNeed(useProject(projectId), cloud, ...actions)
}

/** Finds the strictest need of some actions that are one request. @param cloud null for a change that concerns all clouds */
export function findApprovalNeed(
  project: Project | undefined,
  cloud: ProviderName | null,
  ...actions: ApprovalAction[]
): ApprovalNeed | null {
  const needs = project?.approvals
    ?.filter(
      ({ providerName, action }) => (cloud ?? providerName) === providerName && actions.includes(action),
    )
    .map((need) => need.needs)
  return needs?.find((one) => one === "administrator") ?? needs?.[0] ?? null
}
