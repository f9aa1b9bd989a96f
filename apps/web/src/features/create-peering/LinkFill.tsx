import type { PeeringDraft, ProviderName } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useContext, useEffect, useEffectEvent } from "react"
import { useLocation, useSearch } from "wouter"
import { peeringQuery } from "#api/peerings.ts"
import { readLinkQuery, toDraftOf } from "#forms/connection-link.ts"
import { OpenFormsContext } from "./open-forms.ts"

/**
 * Fills the form from the address that it was opened by, once: what is typed afterwards is not overwritten by a reload. The address holds
 * the fields, or names a connection that the new one is to be like. Stands after the forms.
 */
export function LinkFill({
  projectId,
  onOpen,
}: {
  projectId: string
  onOpen: (providerName: ProviderName) => void
}) {
  const forms = useContext(OpenFormsContext)
  const search = useSearch()
  const [path, navigate] = useLocation()
  const like = new URLSearchParams(search).get("like")
  const peering = useQuery({ ...peeringQuery(projectId, like ?? ""), enabled: like !== null })

  function fill(title: string, draft: PeeringDraft | null) {
    if (draft !== null) {
      onOpen(draft.providerName)
      forms.get(draft.providerName)?.fill(title, draft)
    }
    navigate(path, { replace: true })
  }

  const fillFromLink = useEffectEvent(() => {
    if (search !== "" && like === null) fill("Filled from a link", readLinkQuery(search))
  })
  const fillFromPeering = useEffectEvent(() => {
    if (like === null || peering.isPending) return
    fill("Filled from another connection", peering.data === undefined ? null : toDraftOf(peering.data.peer))
  })
  useEffect(() => fillFromLink(), [search])
  useEffect(() => fillFromPeering(), [like, peering.isPending])
  return null
}
