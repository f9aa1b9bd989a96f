import { useEffect, useEffectEvent } from "react"
import { useLocation, useSearch } from "wouter"
import { readLinkQuery } from "#shared/connection-link.ts"
import type { CreatePage } from "#features/create-peering/draft/create-page.ts"

/**
 * Fills the form from the page's address and then clears the query, so that a reload keeps later edits. The page calls it: its effects
 * run after the forms have registered.
 * @param areFormsThere whether the forms of all clouds are on the page
 */
export function useLinkPrefill({ fill }: Pick<CreatePage, "fill">, areFormsThere: boolean): void {
  const search = useSearch()
  const [path, navigate] = useLocation()
  const fillFromLink = useEffectEvent(() => {
    if (search === "" || !areFormsThere) return
    const draft = readLinkQuery(search)
    // A link without a replacement ends the one that an earlier link began.
    if (draft !== null) fill("Filled from a link", { replaces: "", ...draft })
    navigate(path, { replace: true })
  })
  useEffect(() => fillFromLink(), [search, areFormsThere])
}
