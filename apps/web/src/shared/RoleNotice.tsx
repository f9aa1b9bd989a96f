import type { ReactNode } from "react"
import { usePerson } from "#api/session.ts"
import { toAskWhom } from "#copy/access.ts"
import { Notice } from "#ui/Notice.tsx"

/** Says what this person's role doesn't allow, and whom to ask. */
export function RoleNotice({
  title,
  to,
  askFor,
  actions,
  children,
}: {
  title: string
  /** What they may want: "read the audit log". */
  to: string
  /** The role to ask for: "the role of an auditor". */
  askFor?: string
  actions?: ReactNode
  children?: ReactNode
}) {
  const whom = toAskWhom(usePerson()?.askWhom ?? null)
  return (
    <Notice tone="you" title={title} actions={actions}>
      <p>
        To {to}, ask {whom}
        {askFor !== undefined && ` for ${askFor}`}.{children}
      </p>
    </Notice>
  )
}
