import type { Plan } from "@peering-desk/shared-schemas"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import styles from "./verdict.module.css"

/** Shows what Peering Desk will send to Atlas, in words and as JSON. */
export function PlanSteps({ plan, confirmedAt }: { plan: Plan; confirmedAt: string | null }) {
  const bodies = plan.steps.flatMap(({ body }) => (body === null ? [] : [body]))
  return (
    <div className={styles.group}>
      <h3 className={styles.subtitle}>What will be done</h3>
      <ol className={styles.steps}>
        {plan.steps.map(({ kind, says }) => (
          <li key={kind}>{says}</li>
        ))}
      </ol>
      <p className={styles.quiet}>
        {confirmedAt === null ? (
          "The server confirms it when you stop typing."
        ) : (
          <>
            Confirmed by the server at <Timestamp at={confirmedAt} />.
          </>
        )}
      </p>
      <details>
        <summary>The exact JSON that Atlas gets</summary>
        {bodies.map((body) => {
          const text = JSON.stringify(body, null, 2)
          return (
            <pre key={text} className={styles.json}>
              {text}
            </pre>
          )
        })}
      </details>
    </div>
  )
}
