import type { ReactNode } from "react"
import { Notice } from "#ui/Notice.tsx"
import { usePermissions } from "#shared/permissions.ts"

/** Says to a viewer why they can't change anything here, and whom to ask. Shows nothing to others. */
export function PermissionNotice({ title, children }: { title: string; children?: ReactNode }) {
  const { mayChange, askWhom, reasonId } = usePermissions()
  if (mayChange) return null
  return (
    <div id={reasonId}>
      <Notice tone="you" title={title}>
        <p>
          Ask {askWhom} for the role of a requester here.{children}
        </p>
      </Notice>
    </div>
  )
}
