import {
  apiUrls,
  type AddressSpace,
  type PeeringDraft,
  type PreflightAnswer,
} from "@peering-desk/shared-schemas"
import { queryOptions } from "@tanstack/react-query"
import { hasFields } from "./answer.ts"
import { readJson, sendJson } from "./http.ts"

const isPreflightAnswer = hasFields<PreflightAnswer>("verdict")
const isAddressSpace = hasFields<AddressSpace>("projects")

/** Longer than typing takes, shorter than anything at Atlas does. */
const staleTime = 10_000

export const projectWorldKey = (projectId: string) => ["address-space", projectId]

/** What takes up addresses, with the lists of one project no older than a verdict on it may be. */
export function projectWorldQuery(projectId: string) {
  return queryOptions({
    queryKey: projectWorldKey(projectId),
    queryFn: async ({ signal }) => {
      const { projects } = await readJson({
        url: apiUrls.addressSpace(projectId),
        isAnswer: isAddressSpace,
        signal,
      })
      return projects
    },
    staleTime,
  })
}

/** The server's own verdict on a draft, by which a create is sent or not. It changes nothing at Atlas. */
export function preflightQuery(projectId: string, draft: PeeringDraft) {
  return queryOptions({
    queryKey: ["preflight", projectId, draft],
    queryFn: ({ signal }) =>
      sendJson({
        url: apiUrls.preflight(projectId),
        isAnswer: isPreflightAnswer,
        method: "POST",
        body: draft,
        signal,
      }),
    staleTime,
    gcTime: 60_000,
  })
}
