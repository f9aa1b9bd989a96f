import { apiUrls, type Activity } from "@peering-desk/shared-schemas"
import { queryOptions } from "@tanstack/react-query"
import { hasFields } from "./answer.ts"
import { readJson } from "./http.ts"

const isActivity = hasFields<Activity>("entries")

/** Reads the newest user actions and status changes of the projects that the person may see, every 15 s. */
export function activityQuery() {
  return queryOptions({
    queryKey: ["activity"],
    queryFn: async ({ signal }) =>
      (await readJson({ url: apiUrls.activity(), isAnswer: isActivity, signal })).entries,
    refetchInterval: 15_000,
    refetchOnWindowFocus: true,
  })
}
