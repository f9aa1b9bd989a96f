import { Link } from "wouter"
import { pagePaths } from "#shared/page-paths.ts"
import { LinkButton } from "#ui/Button.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"

/** Shown at an address without a page. */
export function NotFoundPage() {
  return (
    <>
      <PageHeader title="No such page">Nothing is at this address. It may be cut off or mistyped.</PageHeader>
      <Link href={pagePaths.home()} asChild>
        <LinkButton>Go to the connections</LinkButton>
      </Link>
    </>
  )
}
