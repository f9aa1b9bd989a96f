import type { SuggestedFix } from "@peering-desk/shared-schemas"
import { useCloudFormContext } from "#features/create-peering/form/cloud-form-context.ts"
import { usePermissions } from "#shared/permissions.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { PageLink } from "#shared/PageLink.tsx"
import { Button } from "#ui/Button.tsx"
import styles from "./verdict.module.css"

/** Lists suggested fixes, cheapest first. Fills the form, or links to the page that makes the change. */
export function SuggestedFixes({ projectId, fixes }: { projectId: string; fixes: readonly SuggestedFix[] }) {
  if (fixes.length === 0) return null
  return (
    <div className={styles.fixes}>
      <h3 className={styles.quiet}>{fixes.length === 1 ? "Suggested fix" : "Suggested fixes"}</h3>
      <ul className="grid gap-8 above-6">
        {fixes
          .toSorted((a, b) => a.cost - b.cost)
          .map((fix) => (
            <li key={fix.title} className="row split pad-y-10 pad-x-12 edge-strong rounded-10 on-raised">
              <span className="grid fill-180 narrow">
                <strong>{fix.title}</strong>
                <span className={styles.quiet}>{fix.why}</span>
              </span>
              <FixAction projectId={projectId} fix={fix} />
            </li>
          ))}
      </ul>
    </div>
  )
}

/** Fills the form, or links to the page that makes the change. Tells others than administrators whom to ask for a setting. */
function FixAction({ projectId, fix: { title, change } }: { projectId: string; fix: SuggestedFix }) {
  const { prefill, sending } = useCloudFormContext()
  const { mayAdminister, askWhom } = usePermissions()
  if (change.kind === "fill")
    return (
      <Button
        size="small"
        isBusy={sending}
        aria-label={`Apply: ${title}`}
        onClick={() => prefill.fill(title, change.draft)}
      >
        Apply
      </Button>
    )
  if (change.kind === "switch-mode-off" && !mayAdminister)
    return <span className={styles.quiet}>Ask {askWhom}</span>
  return (
    <PageLink size="small" aria-label={`Open: ${title}`} href={toPage(change, projectId)}>
      Open
    </PageLink>
  )
}

function toPage(change: Exclude<SuggestedFix["change"], { kind: "fill" }>, projectId: string): string {
  switch (change.kind) {
    case "open-peering":
      return pagePaths.connection(change.projectId, change.peeringId)
    case "delete-peer":
      return pagePaths.connection(projectId, change.peerId)
    case "switch-mode-off":
      return pagePaths.settings(projectId)
  }
}
