import { pagePaths } from "#shared/page-paths.ts"
import { PageLink } from "#shared/PageLink.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"

/** Shown at an address without a page. */
export function NotFoundPage() {
  return (
    <>
      <PageHeader title="Page not found">The address may be cut off or mistyped.</PageHeader>
      <PageLink href={pagePaths.home()}>Go to Overview</PageLink>
    </>
  )
}
