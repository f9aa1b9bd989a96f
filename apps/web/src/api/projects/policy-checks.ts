import { apiUrls, type PolicyChecks, type PolicyQuestion } from "@peering-desk/shared-schemas"
import { queryOptions } from "@tanstack/react-query"
import { hasFields } from "#api/answer.ts"
import { sendJson } from "#api/http.ts"

const isPolicyChecks = hasFields<PolicyChecks>("checks")

/** Reads what the organization's resource policies say of a change. It changes nothing at Atlas. */
export function policyChecksQuery(projectId: string, question: PolicyQuestion) {
  return queryOptions({
    queryKey: ["policy-checks", projectId, question],
    queryFn: async ({ signal }) => {
      const { checks } = await sendJson({
        url: apiUrls.policyChecks(projectId),
        isAnswer: isPolicyChecks,
        method: "POST",
        body: question,
        signal,
      })
      return checks
    },
    staleTime: 10_000,
  })
}
