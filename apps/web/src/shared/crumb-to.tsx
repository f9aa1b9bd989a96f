import { Link } from "wouter"

/** Builds one step of the way to a page, for `PageHeader`. */
export function crumbTo(href: string, title: string) {
  return (
    <Link key={href} href={href}>
      {title}
    </Link>
  )
}
