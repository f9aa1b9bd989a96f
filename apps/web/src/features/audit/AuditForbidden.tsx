import { pagePaths } from "#shared/page-paths.ts"
import { PageLink } from "#shared/PageLink.tsx"
import { RoleNotice } from "#shared/RoleNotice.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"

/** Says who can read the audit log, whom to ask, and where a person's own actions are. */
export function AuditForbidden() {
  return (
    <>
      <PageHeader title="Audit log" />
      <RoleNotice
        title="Only auditors and global administrators can view this"
        to="read the audit log"
        askFor="the role of an auditor"
        actions={
          <PageLink size="small" href={pagePaths.allConnections()}>
            Open connections
          </PageLink>
        }
      >
        {" Actions on a connection are on its Activity tab."}
      </RoleNotice>
    </>
  )
}
