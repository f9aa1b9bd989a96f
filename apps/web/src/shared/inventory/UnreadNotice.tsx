import type { InventoryProject } from "@peering-desk/shared-schemas"
import { Notice } from "#ui/Notice.tsx"
import { formatCount } from "#copy/counts.ts"
import { listTroubles } from "#shared/inventory/project-facts.ts"

const mostNamed = 5

/** Names the projects that could not be read whole: their connections may be missing here. */
export function UnreadNotice({ projects }: { projects: readonly InventoryProject[] }) {
  const troubled = projects
    .map((project) => ({ project: project.project, troubles: listTroubles(project) }))
    .filter(({ troubles }) => troubles.length > 0)
  if (troubled.length === 0) return null
  const more = troubled.length - mostNamed
  return (
    <Notice tone="you" title={`Not all of ${formatCount(troubled.length, "project")} could be read`}>
      <ul>
        {troubled.slice(0, mostNamed).map(({ project, troubles }) => (
          <li key={project.id}>
            {project.name}: {troubles.join("; ")}
          </li>
        ))}
        {more > 0 && <li>and {more} more, told apart under Projects</li>}
      </ul>
    </Notice>
  )
}
