import type { Path, PathState, PathStop } from "@peering-desk/peering-rules"
import type { ProviderName } from "@peering-desk/shared-schemas"
import { PathPicture, type PathGap } from "#shared/path/PathPicture.tsx"
import { nameStopState } from "#copy/stops.ts"
import { Button } from "#ui/Button.tsx"
import { MiniPath } from "#ui/marks/MiniPath.tsx"
import { StopMark } from "#ui/marks/StopMark.tsx"
import { Section } from "#ui/Section.tsx"

const states: readonly PathState[] = [
  "proven",
  "waiting",
  "in-progress",
  "broken",
  "not-checked",
  "marked",
  "later",
  "planned",
  "sent",
]

const ids = {
  AWS: ["application", "route", "firewall", "dns", "peering", "access-list", "cluster"],
  GCP: ["application", "route", "firewall", "peering", "access-list", "cluster"],
  AZURE: ["application", "route", "firewall", "role", "peering", "access-list", "cluster"],
} as const

/** The states of each by their beginning. */
const seven: readonly (readonly [
  title: string,
  cloud: ProviderName,
  states: string,
  gap: NonNullable<PathGap["above"]>,
  stale?: string,
])[] = [
  ["AWS waits", "AWS", "p l p p w p p", { words: "2 h 47 min left", tone: "you", icon: "clock" }],
  ["Google Cloud waits", "GCP", "n l n w p p", { words: "No deadline", tone: "you" }],
  ["Azure failed", "AZURE", "p n p b l p p", { words: "Failed", tone: "failed", icon: "failed" }],
  ["Finalizing", "AWS", "m planned s p i p l", { words: "Finalizing", tone: "atlas" }],
  ["All proven", "AWS", "p p p p p p p", { words: "Connected", tone: "works", icon: "works" }],
  [
    "Facts stopped",
    "AWS",
    "p p p b w p n",
    { words: "Status at 15:28", tone: "unknown" },
    "2026-11-28T15:28:00Z",
  ],
]

const readStates = (text: string) =>
  text.split(" ").map((start) => states.find((state) => state.startsWith(start)) ?? "later")

const own = {
  title: "Your network",
  name: "orders-prod",
  place: "AWS us-east-1",
  facts: [
    { label: "VPC", value: "vpc-0c93f7b2d15ea8046" },
    { label: "Account", value: "482913570264", shown: "4829 1357 0264" },
    { label: "CIDR", value: "10.20.0.0/16" },
  ],
}
const atlas = {
  title: "Atlas container",
  name: null,
  place: "US_EAST_1",
  facts: [
    { label: "CIDR", value: "192.168.248.0/21" },
    { label: "Project", value: null, shown: "payments-prod" },
  ],
}

function toPath(providerName: ProviderName, all: readonly PathState[]): Path {
  const own = ids[providerName].indexOf("peering" as never)
  const stops = all.map((state, index): PathStop => {
    const hasSource = state !== "later" && state !== "not-checked"
    return {
      id: ids[providerName][index] ?? "cluster",
      side: index < own ? "own" : index === own ? "gap" : "atlas",
      state,
      fact: state === "later" ? "After acceptance" : state === "proven" ? "27015–27017 out" : "",
      says: "",
      next: null,
      stepId: null,
      source: state === "marked" ? "mark" : !hasSource ? null : index < own ? "read" : "atlas",
      by: null,
      at: hasSource ? new Date().toISOString() : null,
      number: state === "planned" ? "2" : state === "sent" ? "1·2" : null,
    }
  })
  const find = (state: PathState) => stops.find((stop) => stop.state === state)?.id
  return { providerName, stops, open: find("broken") ?? find("waiting") ?? null, isOwnSideUnknown: false }
}

/** The path in every state and cloud. */
export function PathGallery() {
  return (
    <Section title="Path in every state">
      <p className="row gap-12 below-12">
        {states.map((state) => (
          <span key={state} className="inline">
            <StopMark state={state} number={state === "planned" || state === "sent" ? "2" : null} isOpen />
            {nameStopState(state).word}
          </span>
        ))}
      </p>
      <p className="row gap-12 below-12">
        {seven.map(([title, cloud, all, , stale]) => (
          <span key={title} className="inline">
            <MiniPath
              states={[...(cloud === "GCP" ? [null] : []), ...readStates(all)]}
              says={title}
              isStale={stale !== undefined}
            />
            {title}
          </span>
        ))}
      </p>
      <div className="stack">
        {seven.map(([title, cloud, all, above, stale]) => (
          <PathPicture
            key={title}
            title={title}
            path={toPath(cloud, readStates(all))}
            own={own}
            atlas={atlas}
            gap={{ above, below: "pcx-01fcac669e0b60678" }}
            staleAt={stale ?? null}
            layout={title === "Finalizing" ? "down" : "across"}
            panel={
              <>
                <p className="strong">Account 4829 1357 0264 must accept the request</p>
                <p className="below-12 quiet">AWS drops it today at 18:29 or later.</p>
                <Button kind="primary">Check now</Button>
              </>
            }
            onChoose={() => undefined}
          />
        ))}
      </div>
    </Section>
  )
}
