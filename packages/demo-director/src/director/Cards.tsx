import type { ReactNode } from "react"
import type { Scene } from "#scenes/scene.ts"
import { countMinutes } from "./Caption.tsx"
import styles from "./cards.module.css"
import { formatTime } from "./figures.ts"
import { Icon } from "./Icon.tsx"
import type { Figures } from "./run.ts"

interface Stop {
  name: string
  fact?: string
  isProven: boolean
}

/** The path of the first scene, before anybody did anything. */
const before: readonly Stop[] = [
  { name: "Application", fact: "Orders service", isProven: true },
  { name: "Route", isProven: false },
  { name: "Security group", isProven: true },
  { name: "DNS", isProven: true },
  { name: "Peering", fact: "missing", isProven: false },
  { name: "Access list", isProven: false },
  { name: "Cluster", fact: "Ledger", isProven: true },
]

const cast = [
  { initials: "NB", name: "Nadia Brandt", does: "runs the orders service" },
  { initials: "OM", name: "Olivia Marsh", does: "approves changes" },
  { initials: "NT", name: "Network team", does: "owns the AWS network" },
]

/** Covers the page. In a low window it scrolls, also by keyboard. */
function Card({ children }: { children: ReactNode }) {
  return (
    <main
      ref={(card) => card?.setAttribute("tabindex", "0")}
      className={styles.card}
      aria-labelledby="demo-card"
    >
      <div>{children}</div>
    </main>
  )
}

/** Says what a peering is, and who the people are. */
export function TitleCard({ scenes }: { scenes: readonly Scene[] }) {
  return (
    <Card>
      <p className={styles.kicker}>
        {scenes.length} scenes · about {countMinutes(scenes)} minutes
      </p>
      <h1 id="demo-card">Orders service → Ledger cluster</h1>
      <p className={styles.lead}>
        A peering lets two private networks talk without the internet. It needs two teams and two consoles,
        and any of seven stops can break it.
      </p>
      <Path stops={before} />
      <ul className={styles.cast}>
        {cast.map(({ initials, name, does }) => (
          <li key={name}>
            <span aria-hidden="true">{initials}</span>
            <strong>{name}</strong>
            <span>{does}</span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** Shows what this run measured, and nothing else. */
export function EndCard({ figures, speed }: { figures: Figures; speed: number }) {
  const { provenMs, acts, refusalsAvoided, entriesVerified } = figures
  const counts = Object.entries(acts)
  const total = counts.reduce((sum, [, count]) => sum + count, 0)
  return (
    <Card>
      <p className={`${styles.kicker} ${styles.done}`}>
        <Icon name="check" /> The demo · done
      </p>
      <h1 id="demo-card">Orders reads Ledger</h1>
      <p className={styles.lead}>
        {provenMs === null ? "What this run measured." : "Every stop between them was proven."}
      </p>
      {provenMs !== null && (
        <Path stops={before.map((stop) => ({ ...stop, ...proven[stop.name], isProven: true }))} />
      )}
      <dl className={styles.figures}>
        {provenMs !== null && (
          <Measured
            value={formatTime(provenMs)}
            name="from form to every stop proven"
            note={`clouds at ${speed}×, without reading`}
          />
        )}
        {total > 0 && (
          <Measured
            value={String(total)}
            name="acts by people"
            note={counts.map(([name, count]) => `${name} ${count}`).join(" · ")}
          />
        )}
        {refusalsAvoided > 0 && (
          <Measured
            value={String(refusalsAvoided)}
            name="refusals avoided"
            note="seen before anything was sent"
          />
        )}
        {entriesVerified !== null && (
          <Measured
            value={String(entriesVerified)}
            name="entries in the audit log"
            note="hash chain verified"
          />
        )}
      </dl>
    </Card>
  )
}

const proven: Readonly<Record<string, { fact: string }>> = { Peering: { fact: "Available" } }

function Measured({ value, name, note }: { value: string; name: string; note: string }) {
  return (
    <div>
      <dt>
        <strong>{name}</strong>
        <span>{note}</span>
      </dt>
      <dd>{value}</dd>
    </div>
  )
}

/** The stops that a packet passes. */
function Path({ stops }: { stops: readonly Stop[] }) {
  return (
    <ol className={styles.path}>
      {stops.map(({ name, fact, isProven }, index) => (
        <li
          key={name}
          data-is={isProven ? "proven" : undefined}
          data-leads={isProven && stops[index + 1]?.isProven === true ? "" : undefined}
        >
          <span className={styles.mark} aria-hidden="true">
            {isProven && <Icon name="check" />}
          </span>
          <strong>{name}</strong>
          <span>{fact ?? (isProven ? "" : <span className={styles.hidden}>missing</span>)}</span>
        </li>
      ))}
    </ol>
  )
}
