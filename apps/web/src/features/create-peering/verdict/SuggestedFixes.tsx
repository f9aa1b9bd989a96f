import type { SuggestedFix } from "@peering-desk/shared-schemas"
import { Link } from "wouter"
import { usePermissions } from "#shared/permissions.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { Button, LinkButton } from "#ui/Button.tsx"
import { toAskWhom } from "#copy/access.ts"
import styles from "./verdict.module.css"

/** Lists suggested fixes, cheapest first. Fills the form, or links to the page that makes the change. */
export function SuggestedFixes({
  projectId,
  fixes,
  onApply,
}: {
  projectId: string
  fixes: readonly SuggestedFix[]
  onApply: (fix: SuggestedFix) => void
}) {
  if (fixes.length === 0) return null
  return (
    <div className={styles.group}>
      <h3 className={styles.subtitle}>What would help</h3>
      <ul className={styles.fixes}>
        {fixes
          .toSorted((a, b) => a.cost - b.cost)
          .map((fix) => {
            const { title, why, change } = fix
            return (
              <li key={title}>
                {change.kind === "fill" && (
                  <Button size="small" onClick={() => onApply(fix)}>
                    {title}
                  </Button>
                )}
                {change.kind === "open-peering" && (
                  <Link href={pagePaths.connection(change.projectId, change.peeringId)} asChild>
                    <LinkButton size="small">{title}</LinkButton>
                  </Link>
                )}
                {change.kind === "delete-peer" && (
                  <Link href={pagePaths.connection(projectId, change.peerId)} asChild>
                    <LinkButton size="small">{title}</LinkButton>
                  </Link>
                )}
                {change.kind === "switch-mode-off" && <ModeSwitch projectId={projectId} title={title} />}
                <p className={styles.quiet}>{why}</p>
              </li>
            )
          })}
      </ul>
    </div>
  )
}

/** Links administrators to the switch on the containers page and tells others whom to ask. */
function ModeSwitch({ projectId, title }: { projectId: string; title: string }) {
  const { mayAdminister, askWhom } = usePermissions()
  if (!mayAdminister)
    return (
      <p>
        {title}: that takes an administrator of the project; ask {toAskWhom(askWhom)}.
      </p>
    )
  return (
    <Link href={pagePaths.containers(projectId)} asChild>
      <LinkButton size="small">{title}</LinkButton>
    </Link>
  )
}
