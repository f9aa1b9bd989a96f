import { Link } from "wouter"
import { usePerson } from "#api/session.ts"
import { toAskWhom } from "#copy/access.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { LinkButton } from "#ui/Button.tsx"
import { Notice } from "#ui/Notice.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"

/** Shown in place of a project's pages to a person who may read the audit log and nothing else. */
export function AuditorPage() {
  const person = usePerson()
  return (
    <>
      <PageHeader title="No access to projects" />
      <Notice
        tone="you"
        title="Your role is auditor: you can read the audit log"
        actions={
          <Link href={pagePaths.audit()} asChild>
            <LinkButton size="small">Open audit log</LinkButton>
          </Link>
        }
      >
        <p>To view a project, ask {toAskWhom(person?.askWhom ?? null)} for a role in that project.</p>
      </Notice>
    </>
  )
}
