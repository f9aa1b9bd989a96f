import type { Container, Plan } from "@peering-desk/shared-schemas"
import { notCheckedByServer } from "#copy/verdict.ts"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { useUsualTimes } from "#shared/inventory/usual-times.ts"
import { Icon } from "#ui/marks/Icon.tsx"
import { listPathSteps } from "./plan-path.ts"
import type { LiveVerdict } from "./use-verdict.ts"
import styles from "./verdict.module.css"

/** Shows who does what until the connection works, and the request bodies for Atlas. */
export function PlanSteps({
  live: { draft, confirmedAt, isUnconfirmed },
  plan,
  container,
}: {
  live: LiveVerdict
  plan: Plan
  container: Container | null
}) {
  const usual = useUsualTimes(draft.providerName)
  const bodies = plan.steps.flatMap(({ body }) => (body === null ? [] : [body]))
  return (
    <div className={styles.part}>
      <div className="beside split first-lines gap-12 below-12">
        <h2>Plan</h2>
        <span className={styles.quiet}>
          {confirmedAt !== null ? (
            <>
              Checked <Timestamp at={confirmedAt} />
            </>
          ) : isUnconfirmed ? (
            notCheckedByServer
          ) : (
            "Checking…"
          )}
        </span>
      </div>
      <ol className={styles.path}>
        {listPathSteps(draft, plan, container, usual).map(({ owner, title, detail }, index) => (
          <li key={title} data-tone={owner === "done" ? "works" : owner}>
            <span aria-hidden="true" className={`middle still small strong ${styles.dot}`}>
              {owner === "done" ? <Icon name="works" /> : index + 1}
            </span>
            <span className={`grid grow narrow ${styles.words}`}>
              <strong>{title}</strong>
              <span className={styles.quiet}>{detail}</span>
            </span>
          </li>
        ))}
      </ol>
      <details className={styles.body}>
        <summary>Request body</summary>
        {bodies.map((body) => {
          const text = JSON.stringify(body, null, 2)
          return (
            <pre key={text} className={`above-8 rounded-s on-trough ${styles.json}`}>
              {text}
            </pre>
          )
        })}
      </details>
    </div>
  )
}
