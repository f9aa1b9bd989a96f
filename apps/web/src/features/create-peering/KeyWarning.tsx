import { useProject } from "#api/projects/projects.ts"
import { Notice } from "#ui/Notice.tsx"
import styles from "./create-peering.module.css"

/** Warns before anything is filled in that Atlas will refuse it, when the test of the server's key failed. */
export function KeyWarning({ projectId }: { projectId: string }) {
  const project = useProject(projectId)
  if (project?.keyMayCreate !== "no") return null
  return (
    <div className={styles.rights}>
      <Notice tone="you" title={`Atlas will refuse new connections in ${project.name}`}>
        <p>
          This server's Atlas API key lacks the Project Owner role there. Whoever runs this server gives it to
          the key in Atlas; what you fill in here is kept meanwhile.
        </p>
      </Notice>
    </div>
  )
}
