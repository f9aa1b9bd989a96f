import {
  apiUrls,
  escapeInvisible,
  type AcknowledgeFlaws,
  type AuditFilter,
  type AuditKeyList,
  type AuditPage,
  type AuditEntryHistory,
  type AuditVerification,
  type SignedCheckpoint,
} from "@peering-desk/shared-schemas"
import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation } from "@tanstack/react-query"
import { hasFields } from "./answer.ts"
import { useChange } from "./change.ts"
import { readJson } from "./http.ts"
import { readOf } from "./reads.ts"

const isAuditPage = hasFields<AuditPage>("rows", "nextBefore")
const isAuditStory = hasFields<AuditEntryHistory>("rows")
const isVerification = hasFields<AuditVerification>("verdict", "rowCount", "flaws", "proof", "heads")
const isSignedCheckpoint = hasFields<SignedCheckpoint>("checkpoint")
const isAuditKeyList = hasFields<AuditKeyList>("keys")

/** Reads the acts of the audit log that match, newest first, page after page. */
export function auditQuery(filter: AuditFilter) {
  return infiniteQueryOptions({
    queryKey: ["audit", filter],
    queryFn: async ({ pageParam, signal }) => {
      const before = pageParam === null ? {} : { before: String(pageParam) }
      const url = apiUrls.audit({ ...filter, ...before, acts: "true" })
      // Rows from before the rules for texts may hold characters that reorder what others read.
      return escapeInvisible(await readJson({ url, isAnswer: isAuditPage, signal }))
    },
    initialPageParam: null as number | null,
    getNextPageParam: ({ nextBefore }) => nextBefore,
    // The rows stay where they are while one types.
    placeholderData: keepPreviousData,
  })
}

/** Tells if a word of an address is the number of an entry. Others lead to other parts of the API below the same address. */
export function isEntryNumber(word: string): boolean {
  return /^\d+$/.test(word)
}

/** Reads an attempt with all its outcomes, or one event. */
export function auditStoryQuery(sequence: string) {
  return queryOptions({
    queryKey: ["audit-act", sequence],
    queryFn: async (context) =>
      escapeInvisible(await readOf(apiUrls.auditStory(sequence), isAuditStory)(context)),
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

/** Acknowledges the flaws of the audit log; the answer is a new verification. */
export function useAcknowledgeFlaws() {
  return useChange(
    (body: AcknowledgeFlaws) => ({
      url: apiUrls.acknowledgeFlaws(),
      method: "POST",
      body,
      isAnswer: isVerification,
    }),
    { onAnswer: (client) => void client.invalidateQueries({ queryKey: ["audit"] }) },
  )
}

/** Reads the signed end of the audit log, which anyone may keep. */
export function readCheckpoint(): Promise<SignedCheckpoint> {
  return readJson({ url: apiUrls.auditCheckpoint(), isAnswer: isSignedCheckpoint })
}

/** Reads the public keys that sign the audit log. */
export function auditKeysQuery() {
  return queryOptions({
    queryKey: ["audit-keys"],
    queryFn: readOf<AuditKeyList>(apiUrls.auditKeys(), isAuditKeyList),
    select: ({ keys }) => keys,
  })
}

/** Makes a new signing key. */
export function useRotateAuditKey() {
  return useChange(() => ({ url: apiUrls.auditKeys(), method: "POST", isAnswer: isAuditKeyList }), {
    onAnswer: (client, list) => client.setQueryData(["audit-keys"], list),
  })
}
