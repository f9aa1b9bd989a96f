import { apiUrls, type Project, type ProjectList } from "@peering-desk/shared-schemas"
import { queryOptions, useQuery } from "@tanstack/react-query"
import { useMemo } from "react"
import { readFieldOf } from "#api/reads.ts"

/** Lists the projects that this person may see. */
export function projectsQuery() {
  return queryOptions({
    queryKey: ["projects"],
    queryFn: readFieldOf<ProjectList, "projects">(apiUrls.projects(), "projects"),
    staleTime: 5 * 60_000,
  })
}

/** Returns one of them; undefined while unknown, and for any other id. */
export function useProject(projectId: string | null): Project | undefined {
  return useQuery(projectsQuery()).data?.find(({ id }) => id === projectId)
}

/** Returns a function that names a project by its id, and stays the same while the names do; the id of an unknown one. */
export function useNameProject(): (id: string) => string {
  const { data } = useQuery(projectsQuery())
  return useMemo(() => {
    const names = new Map(data?.map(({ id, name }) => [id, name]))
    return (id) => names.get(id) ?? id
  }, [data])
}
