import type { Container, Peering } from "@peering-desk/shared-schemas"
import { explainFailure, type FailureAct } from "@peering-desk/peering-rules"
import { Link } from "wouter"
import { toDraftOf, toLinkQuery } from "#shared/connection-link.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { Button, LinkButton } from "#ui/Button.tsx"
import { Card } from "#ui/Card.tsx"
import layout from "#ui/layout.module.css"

/** Evidence for a failure from the person's own data, actions, and Atlas's words. The next step above says why it failed. */
export function FailureCard({
  peering,
  container,
  onDelete,
  onAzureSteps,
}: {
  peering: Peering
  container: Container | null
  onDelete: () => void
  onAzureSteps: () => void
}) {
  const { evidence, acts, words } = explainFailure(peering.peer, container)
  const likeIt = toLinkQuery(toDraftOf(peering.peer, container))

  function toAction(act: FailureAct) {
    switch (act) {
      case "try-as-new":
        return (
          <Link key={act} href={`${pagePaths.newConnection(peering.projectId)}?${likeIt}`} asChild>
            <LinkButton kind="primary">Try again as a new one</LinkButton>
          </Link>
        )
      case "delete":
        return (
          <Button key={act} onClick={onDelete}>
            Delete this one
          </Button>
        )
      case "show-azure-steps":
        return (
          <Button key={act} onClick={onAzureSteps}>
            Give the permission in Azure
          </Button>
        )
    }
  }

  return (
    <Card title="Why it failed">
      <div className={layout.stack}>
        <ul className={layout.bullets}>
          {evidence.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
        <div className={layout.row}>{acts.map(toAction)}</div>
        {acts.includes("try-as-new") && (
          <p>
            As long as this one is there, Atlas takes no other for the same network in the same container:
            delete it first.
          </p>
        )}
        <p className={layout.quiet}>
          {words === null ? (
            "Atlas gives no words for it."
          ) : (
            <>
              Atlas's words: <code>{words}</code>
            </>
          )}
        </p>
      </div>
    </Card>
  )
}
