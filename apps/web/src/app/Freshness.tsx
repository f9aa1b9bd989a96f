import { useProject } from "#api/projects/projects.ts"
import { LiveIndicator } from "./LiveIndicator.tsx"

/** Shows how fresh a project's page is; nothing for a project that does not exist, which nothing keeps fresh. */
export function Freshness({ projectId }: { projectId: string | null }) {
  return useProject(projectId) === undefined ? null : <LiveIndicator />
}
