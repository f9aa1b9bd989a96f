import { apiUrls, ProjectList } from "@peering-desk/shared-schemas"
import { queryOptions } from "@tanstack/react-query"
import { readJson } from "./http.ts"

/** The projects this person may see. */
export function projectsQuery() {
  return queryOptions({
    queryKey: ["projects"],
    queryFn: async ({ signal }) => {
      const { projects } = await readJson({ url: apiUrls.projects(), answer: ProjectList, signal })
      return projects
    },
    staleTime: 5 * 60_000,
  })
}
