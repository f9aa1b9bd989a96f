import { Link } from "wouter"
import { pagePaths } from "#shared/page-paths.ts"
import { LinkButton } from "#ui/Button.tsx"
import { PageHeading } from "#ui/PageHeading.tsx"

/** Shown at an address without a page. */
export function NotFoundPage() {
  return (
    <>
      <PageHeading title="No such page">
        Nothing is at this address. It may be cut off or mistyped.
      </PageHeading>
      <Link href={pagePaths.home()} asChild>
        <LinkButton>Go to the connections</LinkButton>
      </Link>
    </>
  )
}
