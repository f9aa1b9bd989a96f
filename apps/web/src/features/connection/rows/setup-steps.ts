import type { Container, Peering } from "@peering-desk/shared-schemas"
import { listStops, toStatusSince } from "@peering-desk/peering-rules"
import { useQuery } from "@tanstack/react-query"
import { useMemo } from "react"
import { networkFactsQuery } from "#api/peerings/network-facts.ts"
import { accessListQuery } from "#api/projects/access-list.ts"
import { getListedBlock, listSetupSteps, type SetupStep } from "#shared/setup/setup-steps.ts"
import { useNow } from "#ui/time/now.ts"

/** Lists the steps that a connection needs in its present state, with what proves them. */
export function useSetupSteps(peering: Peering, container: Container | null, isGone: boolean): SetupStep[] {
  const { data: entries } = useQuery({
    ...accessListQuery(peering.projectId, []),
    enabled: !isGone && getListedBlock(peering) !== null,
  })
  const now = useNow()
  const { data: known } = useQuery(networkFactsQuery(peering))
  const facts = known?.facts ?? null
  const since = toStatusSince(peering.history)
  const stops = useMemo(
    () => (facts === null ? [] : listStops(peering.peer, container, facts, now, peering.steps, since)),
    [peering.peer, peering.steps, container, facts, now, since],
  )
  return listSetupSteps(peering, container, { isGone, entries, stops })
}
