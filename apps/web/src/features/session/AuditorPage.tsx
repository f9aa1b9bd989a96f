import { pagePaths } from "#shared/page-paths.ts"
import { PageLink } from "#shared/PageLink.tsx"
import { RoleNotice } from "#shared/RoleNotice.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"

/** Shown in place of a project's pages to a person who may read the audit log and nothing else. */
export function AuditorPage() {
  return (
    <>
      <PageHeader title="No access to projects" />
      <RoleNotice
        title="Your role is auditor: you can read the audit log"
        to="view a project"
        askFor="a role in that project"
        actions={
          <PageLink size="small" href={pagePaths.audit()}>
            Open audit log
          </PageLink>
        }
      />
    </>
  )
}
