import type { ComponentProps } from "react"
import { Link } from "wouter"
import { LinkButton } from "#ui/Button.tsx"

/** A link to a page of this app that looks like a button. */
export function PageLink({
  href,
  state,
  ...look
}: ComponentProps<typeof LinkButton> & { href: string; state?: string }) {
  return (
    <Link href={href} state={state} asChild>
      <LinkButton {...look} />
    </Link>
  )
}
