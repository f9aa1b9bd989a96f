import type { ReactNode } from "react"
import type { Scene } from "#scenes/scene.ts"
import styles from "./cards.module.css"
import { Icon } from "./Icon.tsx"
import type { Figures } from "./run.ts"

/** The stops that a packet passes, and what is missing before anybody did anything. */
const stops = [
  { name: "Application", fact: "Orders service" },
  { name: "Route", isMissing: true },
  { name: "Security group" },
  { name: "DNS" },
  { name: "Peering", isMissing: true },
  { name: "Access list", isMissing: true },
  { name: "Cluster", fact: "Ledger" },
]

const cast = [
  { initials: "NB", name: "Nadia Brandt", does: "runs the orders service" },
  { initials: "OM", name: "Olivia Marsh", does: "approves changes" },
  { initials: "NT", name: "Network team", does: "owns the AWS network" },
]

interface CardProps {
  kicker: ReactNode
  title: string
  lead: string
  /** The path is drawn with what is missing, as it is at the end, or not at all. */
  path: "missing" | "proven" | null
  children: ReactNode
}

/** Covers the page. In a low window it scrolls, also by keyboard. */
function Card({ kicker, title, lead, path, children }: CardProps) {
  return (
    <main
      ref={(card) => {
        card?.setAttribute("tabindex", "0")
        // The page below is not to be reached.
        document.getElementById("root")?.toggleAttribute("inert", card !== null)
      }}
      className={styles.card}
      aria-labelledby="demo-card"
    >
      <div>
        <p className="line">{kicker}</p>
        <h1 id="demo-card">{title}</h1>
        <p className={styles.lead}>{lead}</p>
        {path !== null && (
          <ol className={styles.path}>
            {stops.map(({ name, fact = "", isMissing = false }) => (
              <li key={name} data-is={isMissing && path === "missing" ? "missing" : "proven"}>
                <Icon name="check" />
                <strong>{name}</strong>
                {isMissing && path === "missing" ? "missing" : fact}
              </li>
            ))}
          </ol>
        )}
        {children}
      </div>
    </main>
  )
}

/** Says what a peering is, and who the people are. */
export function TitleCard({ scenes }: { scenes: readonly Scene[] }) {
  return (
    <Card
      kicker={`${scenes.length} scenes · about 9 minutes`}
      title="Orders service → Ledger cluster"
      lead="A peering lets two private networks talk without the internet. It needs two teams and two consoles,
        and any of seven stops can break it."
      path="missing"
    >
      <ul className={styles.cast}>
        {cast.map(({ initials, name, does }) => (
          <li key={name} className="line gap-12">
            <span className="initials" aria-hidden="true">
              {initials}
            </span>
            <span>
              <strong>{name}</strong> {does}
            </span>
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
  const measured = [
    [
      provenMs !== null && `${Math.round(provenMs / 1_000)} s`,
      `from form to every stop proven, clouds at ${speed}×, without reading`,
    ],
    [total, `acts by people: ${counts.map((one) => one.join(" ")).join(" · ")}`],
    [refusalsAvoided, "refusals avoided: seen before anything was sent"],
    [entriesVerified, "entries in the audit log, hash chain verified"],
  ] as const
  return (
    <Card
      kicker="The demo · done"
      title="Orders reads Ledger"
      lead={provenMs === null ? "What this run measured." : "Every stop between them was proven."}
      path={provenMs === null ? null : "proven"}
    >
      <dl className={styles.figures}>
        {measured.map(
          ([value, name]) =>
            Boolean(value) && (
              <div key={name} className="card">
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
    </Card>
  )
}
