import { Link } from "wouter"
import { usePerson } from "#api/session.ts"
import { toAskWhom } from "#copy/access.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { LinkButton } from "#ui/Button.tsx"
import { Notice } from "#ui/Notice.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"

/** Says who can read the audit log, whom to ask, and where a person's own actions are. */
export function AuditForbidden() {
  const person = usePerson()
  return (
    <>
      <PageHeader title="Audit log" />
      <Notice
        tone="you"
        title="Only auditors and global administrators can view this"
        actions={
          <Link href={pagePaths.allConnections()} asChild>
            <LinkButton size="small">Open connections</LinkButton>
          </Link>
        }
      >
        <p>
          To read the audit log, ask {toAskWhom(person?.askWhom ?? null)} for the role of an auditor. Actions
          on a connection are on its Activity tab.
        </p>
      </Notice>
    </>
  )
}
