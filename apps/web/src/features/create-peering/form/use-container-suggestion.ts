import {
  findContainerInPlace,
  isNewContainerPossible,
  suggestContainer,
  suggestNewContainer,
  type ContainerSuggestion,
  type NewContainerSuggestion,
} from "@peering-desk/peering-rules"
import {
  newContainerMark,
  readRegionName,
  type Container,
  type PeeringDraft,
} from "@peering-desk/shared-schemas"
import { useEffectEvent, useLayoutEffect, useMemo, useRef, useState } from "react"
import { useWatch } from "react-hook-form"
import { toDraft, type FieldName, type FormValues } from "#features/create-peering/draft/form-values.ts"
import { useCloudFormContext } from "./cloud-form-context.ts"

/** The Atlas side that fits the network as filled in so far. */
export interface Suggestion {
  existing: ContainerSuggestion | null
  /** True when a new container fits better than every existing one. */
  isNew: boolean
  /** Null while the projects are not loaded. */
  forNew: NewContainerSuggestion | null
}

/** And the id of a chosen container that the project doesn't have; null without one. */
interface Settled extends Suggestion {
  missing: string | null
}

/**
 * Finds the container that fits, and fills it in until the person chooses for themselves. A container that no longer exists is
 * deselected.
 * @param containers those of this cloud; undefined while not loaded
 */
export function useContainerSuggestion(containers: readonly Container[] | undefined): Settled {
  const { form, prefill, live } = useCloudFormContext()
  const chosen = prefill.chosenFields
  const values = useWatch({ control: form.control }) as FormValues
  const snapshot = live?.snapshot ?? null
  // Only these fields decide; the search for a free CIDR is too slow for every key of the others.
  const { providerName, accepterRegionName, azureSubscriptionId } = values
  const { routeTableCidrBlock, networkBlocks, peeredBlocks } = values
  const key = JSON.stringify([
    accepterRegionName,
    azureSubscriptionId,
    routeTableCidrBlock,
    networkBlocks,
    peeredBlocks,
  ])
  const suggestion = useMemo<Suggestion>(() => {
    if (containers === undefined) return { existing: null, isNew: false, forNew: null }
    const draft: PeeringDraft = toDraft({ ...form.getValues(), containerId: "" })
    const existing = suggestContainer(draft, containers, snapshot?.here.peers ?? [])
    const forNew = snapshot === null ? null : suggestNewContainer(draft, snapshot)
    const fitsNew = containers.length === 0 || (forNew?.region ?? null) !== null
    const isNew = existing === null && fitsNew && isNewContainerPossible(providerName, containers)
    return { existing, isNew, forNew }
    // `key` changes with the values that the draft is read from.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [containers, snapshot, providerName, key, form])

  const { existing, isNew, forNew } = suggestion
  const isFirst = useRef(true)
  const [missing, setMissing] = useState<string | null>(null)
  const put = useEffectEvent((name: FieldName, present: string, value: string) => {
    // A value from before a reload counts as suggested when it still is.
    if (isFirst.current && present === value) chosen.release(name)
    if (value === "" || present === value || chosen.has(name)) return
    form.setValue(name, value)
    form.clearErrors(name)
  })
  const settle = useEffectEvent(() => {
    if (containers === undefined) return
    const { containerId, atlasCidrBlock, region } = form.getValues()
    const isThere =
      containerId === newContainerMark
        ? isNewContainerPossible(providerName, containers)
        : containers.some(({ id }) => id === containerId)
    if (!isThere && containerId !== "") {
      if (containerId !== newContainerMark && chosen.has("containerId")) setMissing(containerId)
      chosen.release("containerId")
      form.setValue("containerId", "")
    }
    // Without one that fits, the one in the VPC's region is where the checks say why.
    const inRegion = findContainerInPlace(
      containers,
      providerName,
      readRegionName(providerName, accepterRegionName ?? ""),
    )
    const fitting = existing?.containerId ?? (isNew ? newContainerMark : (inRegion?.id ?? ""))
    put("containerId", isThere ? containerId : "", fitting)
    if (form.getValues("containerId") === newContainerMark) {
      put("region", region, forNew?.region ?? "")
      put("atlasCidrBlock", atlasCidrBlock, forNew?.atlasCidrBlock ?? "")
    }
    isFirst.current = false
  })
  // Before the browser draws: a card that opens after it was seen moves what is below.
  useLayoutEffect(() => settle(), [containers, existing?.containerId, isNew, forNew, values.containerId])
  return { ...suggestion, missing }
}
