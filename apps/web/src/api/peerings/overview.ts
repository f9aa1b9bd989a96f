import { apiUrls, providerNames, type Overview } from "@peering-desk/shared-schemas"
import { queryOptions } from "@tanstack/react-query"
import { hasFields } from "#api/answer.ts"
import { readAgainJson } from "#api/http.ts"
import { inventoryKey } from "./inventory.ts"

const isOverview = hasFields<Overview>("projectCount", "worklist", "projects", "reads")

const readEveryMs = 15_000
/** While the server reads projects for the first time. */
const firstReadEveryMs = 2_000

/** Reads the counts of all projects that the person may see, and what needs attention, every 15 s. */
export function overviewQuery() {
  return queryOptions({
    queryKey: [...inventoryKey, "overview"],
    queryFn: ({ signal }) => readAgainJson({ url: apiUrls.overview(), isAnswer: isOverview, signal }),
    // Opened again, it is as fresh as the pages beside it. What came with the page stays.
    staleTime: 5_000,
    refetchInterval: ({ state: { data } }) => (isFirstRead(data) ? firstReadEveryMs : readEveryMs),
    refetchOnWindowFocus: true,
  })
}

/** Returns whether the server has not asked Atlas for every list yet. */
function isFirstRead(overview: Overview | undefined): boolean {
  return overview?.unread.projects.some(({ watches }) => watches.length < providerNames.length) ?? false
}
