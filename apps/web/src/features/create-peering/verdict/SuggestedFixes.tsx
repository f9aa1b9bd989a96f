import type { SuggestedFix } from "@peering-desk/shared-schemas"
import { Link } from "wouter"
import { usePermissions } from "#shared/permissions.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { Button, LinkButton } from "#ui/Button.tsx"
import { toAskWhom } from "#copy/access.ts"
import styles from "./verdict.module.css"

/** The smallest changes that would help, the cheapest first. Filling in can be taken back; nothing else is done from here. */
export function SuggestedFixes({
  projectId,
  proposals,
  onApply,
}: {
  projectId: string
  proposals: readonly SuggestedFix[]
  onApply: (proposal: SuggestedFix) => void
}) {
  if (proposals.length === 0) return null
  return (
    <div className={styles.group}>
      <h3 className={styles.subtitle}>What would help</h3>
      <ul className={styles.proposals}>
        {proposals
          .toSorted((a, b) => a.cost - b.cost)
          .map((proposal) => {
            const { title, why, change } = proposal
            return (
              <li key={title}>
                {change.kind === "fill" && (
                  <Button size="small" onClick={() => onApply(proposal)}>
                    {title}
                  </Button>
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

/** The switch is on the page of the containers, and for administrators; others are told whom to ask. */
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
