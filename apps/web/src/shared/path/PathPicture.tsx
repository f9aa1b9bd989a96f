import type { Path } from "@peering-desk/peering-rules"
import { useId, type ReactNode } from "react"
import { nameStop } from "#copy/stops.ts"
import type { Tone } from "#ui/marks/Pill.tsx"
import type { PathNetwork } from "./path-networks.ts"

/** The words above and below the gap between both networks. */
export interface PathGap {
  above: { words: string; tone: Tone; icon?: "clock" | "works" | "failed" } | null
  below: string | null
}

/**
 * Draws the whole journey from the application to the cluster: both networks, the stops in them, and the peering in the gap. It is one
 * ordered list; the drawing says nothing that the list doesn't.
 */
export function PathPicture({
  path,
  own,
  atlas,
  gap,
  staleAt = null,
  layout = "across",
  panel,
}: {
  path: Path
  own: PathNetwork
  atlas: PathNetwork
  gap: PathGap
  /** When Atlas last answered, ISO 8601, while it can't be read; null otherwise. */
  staleAt?: string | null
  /** `across` turns to `down` by itself where there is no room. */
  layout?: "across" | "down"
  /** What is to be done at the open stop. */
  panel?: ReactNode
}) {
  const titleId = useId()
  return (
    <section aria-labelledby={titleId} data-layout={layout} data-stale={staleAt ?? undefined}>
      <h2 id={titleId} className="visually-hidden">
        Path
      </h2>
      <p>
        {own.title} {own.place} {gap.above?.words} {gap.below} {atlas.title} {atlas.place}
      </p>
      <ol>
        {path.stops.map((stop) => (
          <li key={stop.id} aria-current={stop.id === path.open ? "step" : undefined}>
            {nameStop(stop, path.providerName)} {stop.state} {stop.fact}
            {stop.id === path.open && panel}
          </li>
        ))}
      </ol>
    </section>
  )
}
