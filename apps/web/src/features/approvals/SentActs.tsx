import type { PlannedAct } from "@peering-desk/peering-rules"
import { Section } from "#ui/Section.tsx"
import { Icon } from "#ui/marks/Icon.tsx"
import type { SentAct } from "./sent-acts.ts"
import styles from "./approvals.module.css"

/** Lists what Atlas gets, each act with its body, and what others do. */
export function SentActs({
  title,
  sent,
  others,
  owner,
}: {
  title: string
  sent: readonly SentAct[]
  /** The acts of the network's owner and of the project. */
  others: readonly PlannedAct[]
  /** Who they are, within a sentence; null without one. */
  owner: string | null
}) {
  const first = sent[0]?.number ?? 1
  const before = others.filter(({ number }) => number < first)
  const after = others.filter(({ number }) => number >= first)
  return (
    <>
      <Others title={`First, by the owner of ${owner}`} acts={before} />
      <Section title={title}>
        <ol>
          {sent.map(({ number, says, body }) => (
            <li key={number} className={`beside top gap-12 line-below ${styles.act}`}>
              <span className={`middle still small strong round ${styles.number}`} data-sent>
                {number}
              </span>
              {body === null ? (
                <p className="grow wrap">{says}</p>
              ) : (
                <details className="grow narrow">
                  <summary className="line split gap-12 press wrap unmarked tap-44">
                    {says} <Icon name="chevron-down" />
                  </summary>
                  <pre className="flat above-8 raw-text">{JSON.stringify(body, null, 2)}</pre>
                </details>
              )}
            </li>
          ))}
        </ol>
      </Section>
      <Others title={`Then, by the owner of ${owner}`} acts={after.filter(({ by }) => by !== "project")} />
      <Others title="Then, in the Atlas project" acts={after.filter(({ by }) => by === "project")} />
    </>
  )
}

function Others({ title, acts }: { title: string; acts: readonly PlannedAct[] }) {
  if (acts.length === 0) return null
  return (
    <Section title={title}>
      <ol>
        {acts.map(({ number, says }) => (
          <li key={number} className={`beside top gap-12 line-below ${styles.act}`}>
            <span className={`middle still small strong round ${styles.number}`}>{number}</span>
            <p className="grow wrap">{says}</p>
          </li>
        ))}
      </ol>
    </Section>
  )
}
