import type { Approval } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useMemo } from "react"
import { openApprovalsQuery } from "#api/open-approvals.ts"
import type { AppPermissions } from "#shared/permissions.ts"

const none: readonly Approval[] = []

/**
 * Returns the newest requests that the person can decide, the first to expire first; undefined while they are unknown.
 * @param reads false to take what was read elsewhere
 */
export function useApprovalsToDecide(
  { approves }: Pick<AppPermissions, "approves">,
  reads = true,
): readonly Approval[] | undefined {
  const { data, isError } = useQuery({ ...openApprovalsQuery(), enabled: approves && reads })
  return useMemo(() => {
    if (!approves || (data === undefined && isError)) return none
    return data?.approvals
      .filter(({ may }) => may.decide)
      .toSorted((a, b) => Date.parse(a.expiresAt) - Date.parse(b.expiresAt))
  }, [approves, data, isError])
}
