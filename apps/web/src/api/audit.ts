import {
  apiUrls,
  type AuditFilter,
  type AuditPage,
  type AuditStory,
  type AuditVerification,
} from "@peering-desk/shared-schemas"
import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation } from "@tanstack/react-query"
import { hasFields } from "./answer.ts"
import { readJson } from "./http.ts"

const isAuditPage = hasFields<AuditPage>("rows", "nextBefore")
const isAuditStory = hasFields<AuditStory>("rows")
const isVerification = hasFields<AuditVerification>("whole", "rowCount", "heads")

/** Reads the acts of the audit log that match, newest first, page after page. */
export function auditQuery(filter: AuditFilter) {
  return infiniteQueryOptions({
    queryKey: ["audit", filter],
    queryFn: ({ pageParam, signal }) => {
      const before = pageParam === null ? {} : { before: String(pageParam) }
      return readJson({
        url: apiUrls.audit({ ...filter, ...before, acts: "true" }),
        isAnswer: isAuditPage,
        signal,
      })
    },
    initialPageParam: null as number | null,
    getNextPageParam: ({ nextBefore }) => nextBefore,
    // The rows stay where they are while one types.
    placeholderData: keepPreviousData,
  })
}

/** Reads an attempt with all its outcomes, or one event. */
export function auditStoryQuery(sequence: string) {
  return queryOptions({
    queryKey: ["audit-act", sequence],
    queryFn: async ({ signal }) => {
      const url = apiUrls.auditStory(sequence)
      const { rows } = await readJson({ url, isAnswer: isAuditStory, signal })
      return rows
    },
    // An attempt may get its outcome at any time.
    staleTime: 0,
  })
}

/** Has the server verify the whole audit log. */
export function useVerifyAudit() {
  return useMutation({
    /** @param heads checkpoints that were kept elsewhere */
    mutationFn: (heads: string[]) =>
      readJson({ url: apiUrls.verifyAudit({ head: heads }), isAnswer: isVerification }),
  })
}
