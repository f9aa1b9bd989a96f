import type { ProviderName } from "@peering-desk/shared-schemas"
import { useContext, useEffect, useEffectEvent } from "react"
import { useLocation, useSearch } from "wouter"
import { readLinkQuery } from "#shared/connection-link.ts"
import { OpenFormsContext } from "#features/create-peering/form/open-forms.ts"

/**
 * Fills the form from the address that it was opened by, once: what is typed afterwards is not overwritten by a reload. Stands after
 * the forms.
 */
export function LinkPrefill({ onOpen }: { onOpen: (providerName: ProviderName) => void }) {
  const forms = useContext(OpenFormsContext)
  const search = useSearch()
  const [path, navigate] = useLocation()
  const fill = useEffectEvent(() => {
    if (search === "") return
    const draft = readLinkQuery(search)
    if (draft !== null) {
      onOpen(draft.providerName)
      forms.get(draft.providerName)?.fill("Filled from a link", draft)
    }
    navigate(path, { replace: true })
  })
  useEffect(() => fill(), [search])
  return null
}
