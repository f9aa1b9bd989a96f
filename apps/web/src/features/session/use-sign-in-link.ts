import { apiUrls } from "@peering-desk/shared-schemas"
import { useLocation, useSearch } from "wouter"

/** Returns the address of the sign-in that returns to the present page. */
export function useSignInLink(): string {
  const [path] = useLocation()
  const search = useSearch()
  return apiUrls.signIn({ return: search === "" ? path : `${path}?${search}` })
}
