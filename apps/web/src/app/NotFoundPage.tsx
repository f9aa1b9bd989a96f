import { Link } from "wouter"
import { pagePaths } from "#shared/page-paths.ts"
import { LinkButton } from "#ui/Button.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"

/** Shown at an address without a page. */
export function NotFoundPage() {
  return (
    <>
      <PageHeader title="Page not found">The address may be cut off or mistyped.</PageHeader>
      <Link href={pagePaths.home()} asChild>
        <LinkButton>Go to Overview</LinkButton>
      </Link>
    </>
  )
}
