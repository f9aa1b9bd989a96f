import { apiUrls, type Activity } from "@peering-desk/shared-schemas"
import { queryOptions } from "@tanstack/react-query"
import { readFieldOf } from "./reads.ts"

/** Reads the newest user actions and status changes of the projects that the person may see, every 15 s. */
export function activityQuery() {
  return queryOptions({
    queryKey: ["activity"],
    queryFn: readFieldOf<Activity, "entries">(apiUrls.activity(), "entries"),
    refetchInterval: 15_000,
    refetchOnWindowFocus: true,
  })
}
