import type { UnreadProject } from "@peering-desk/shared-schemas"
import { Notice } from "#ui/Notice.tsx"
import { formatCount } from "#copy/counts.ts"
import { listTroubles } from "#shared/inventory/project-facts.ts"

const mostNamed = 5

/** Names the first of some projects that could not be read whole: their connections may be missing here. */
export function UnreadNotice({ count, projects }: { count: number; projects: readonly UnreadProject[] }) {
  if (count === 0) return null
  const more = count - mostNamed
  return (
    <Notice tone="you" title={`Not all of ${formatCount(count, "project")} could be read`}>
      <ul>
        {projects.slice(0, mostNamed).map((unread) => (
          <li key={unread.project.id}>
            {unread.project.name}: {listTroubles(unread).join("; ")}
          </li>
        ))}
        {more > 0 && <li>and {more} more, told apart under Projects</li>}
      </ul>
    </Notice>
  )
}
