import { apiUrls, type ProjectList } from "@peering-desk/shared-schemas"
import { queryOptions } from "@tanstack/react-query"
import { hasFields } from "#api/answer.ts"
import { readJson } from "#api/http.ts"

const isProjectList = hasFields<ProjectList>("projects")

/** The projects this person may see. */
export function projectsQuery() {
  return queryOptions({
    queryKey: ["projects"],
    queryFn: async ({ signal }) => {
      const { projects } = await readJson({ url: apiUrls.projects(), isAnswer: isProjectList, signal })
      return projects
    },
    staleTime: 5 * 60_000,
  })
}
