import { Link } from "wouter"
import { pagePaths } from "#shared/page-paths.ts"

/** The name of the product, a link to the first page. */
export function Brand() {
  return (
    <Link href={pagePaths.home()} className="shell-brand">
      <span className="shell-mark" />
      Peering Desk
    </Link>
  )
}
