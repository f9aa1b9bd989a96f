import { useQuery } from "@tanstack/react-query"
import { projectsQuery } from "#api/projects/projects.ts"
import { Notice } from "#ui/Notice.tsx"
import { toAskWhom } from "#copy/access.ts"
import styles from "./create-peering.module.css"

/** For somebody who may only look at the project. */
export function RoleNotice({ id, askWhom }: { id: string; askWhom: string | null }) {
  return (
    <div id={id} className={styles.rights}>
      <Notice tone="you" title="You may look at this project, not create connections in it">
        <p>
          Ask {toAskWhom(askWhom)} for the role of a requester here. Nothing can be sent from this form until
          then.
        </p>
      </Notice>
    </div>
  )
}

/** Says before anything is filled in that Atlas will refuse it, when the test of the server's key told so. */
export function KeyWarning({ projectId }: { projectId: string }) {
  const { data: projects } = useQuery(projectsQuery())
  const project = projects?.find(({ id }) => id === projectId)
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
