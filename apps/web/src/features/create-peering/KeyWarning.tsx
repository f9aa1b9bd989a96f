import { toKeyNoun } from "@peering-desk/peering-rules"
import { useProject } from "#api/projects/projects.ts"
import { Notice } from "#ui/Notice.tsx"

/** Warns before anything is filled in that Atlas will refuse it, when the test of the server's key failed. */
export function KeyWarning({ projectId }: { projectId: string }) {
  const project = useProject(projectId)
  if (project?.keyMayCreate !== "no") return null
  return (
    <div className="above-16">
      <Notice
        tone="you"
        title={`The ${toKeyNoun(project.keyKind)} can't create connections in ${project.name}`}
      >
        <p>
          It needs the role Project Network Access Manager in Atlas, or Project Owner to create containers
          too. Ask your Peering Desk administrator to grant it. Your input is kept.
        </p>
      </Notice>
    </div>
  )
}
