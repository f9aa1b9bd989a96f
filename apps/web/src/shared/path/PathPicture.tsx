import type { Path, PathStop } from "@peering-desk/peering-rules"
import { useId, useState, type CSSProperties, type KeyboardEvent, type ReactNode } from "react"
import { nameStop } from "#copy/stops.ts"
import { Icon } from "#ui/marks/Icon.tsx"
import type { Tone } from "#ui/marks/Pill.tsx"
import { NetworkBox } from "./NetworkBox.tsx"
import { joinStops } from "./path-lines.ts"
import type { PathNetwork } from "./path-networks.ts"
import { PathLine, PathStopView } from "./PathStopView.tsx"
import styles from "./PathPicture.module.css"

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
  title = "Path",
  path,
  own,
  atlas,
  gap,
  staleAt = null,
  layout = "across",
  panel,
  foot,
  onChoose,
}: {
  /** Tells several on one page apart. */
  title?: string
  path: Path
  own: PathNetwork
  atlas: PathNetwork
  gap: PathGap
  /** When Atlas last answered, ISO 8601, while it can't be read; null otherwise. */
  staleAt?: string | null
  /** `across` turns to `down` by itself where there is no room. */
  layout?: "across" | "down"
  /** What is to be done at the open stop, or at the end of a path without one. */
  panel?: ReactNode
  /** A line below all. */
  foot?: ReactNode
  /** Opens what is known of a stop. */
  onChoose?: (id: PathStop["id"]) => void
}) {
  const titleId = useId()
  const { stops, providerName, open } = path
  const arrived = useArrived(stops)
  const owns = stops.filter(({ side }) => side === "own").length
  const at = open ?? (panel === undefined ? null : (stops.at(-1)?.id ?? null))
  const state = open === null ? "proven" : stops.find(({ id }) => id === open)?.state
  return (
    <section
      aria-labelledby={titleId}
      className={`card container rounded-14 shadow ${styles.picture}`}
      data-layout={layout}
      data-stale={staleAt ?? undefined}
    >
      <h2 id={titleId} className="visually-hidden">
        {title}
      </h2>
      <div
        className={`grid one-column pad-16 ${styles.grid}`}
        style={{ "--own": owns } as CSSProperties}
        data-own={owns}
        data-open={panel === undefined ? undefined : state}
      >
        <NetworkBox side="own" network={own} cloud={providerName} />
        <NetworkBox side="atlas" network={atlas} cloud={null}>
          <PastLine stops={stops.toReversed()} index={stops.length - owns - 2} />
        </NetworkBox>
        {/* Without marks, Safari takes a list for none. */}
        {/* oxlint-disable-next-line jsx-a11y/no-redundant-roles, jsx-a11y/no-noninteractive-element-interactions */}
        <ol role="list" className="contents" onKeyDown={walk}>
          {stops.map((stop, index) => (
            <li
              key={stop.id}
              aria-current={stop.id === open ? "step" : undefined}
              className={`contents ${styles.item}`}
              data-side={stop.side}
              style={{ "--index": index } as CSSProperties}
            >
              <PathStopView
                stop={stop}
                name={nameStop(stop, providerName)}
                providerName={providerName}
                before={stops[index - 1]}
                after={stops[index + 1]}
                isOpen={stop.id === open}
                hasPanel={stop.id === at && panel !== undefined}
                isArrived={arrived.includes(stop.id)}
                isEntry={stop.id === (at ?? stops[0]?.id)}
                isStale={staleAt !== null}
                onChoose={onChoose}
              />
              {stop.side === "gap" && (
                <div className={`small lines-18 anchor narrow ${styles.gap}`}>
                  <PastLine stops={stops} index={index} />
                  <Gap gap={gap} />
                </div>
              )}
              {stop.id === at && panel !== undefined && (
                <div className={`anchor narrow rounded wrap ${styles.panel}`} data-panel={stop.id}>
                  <PastLine stops={stops} index={index} />
                  {panel}
                </div>
              )}
            </li>
          ))}
        </ol>
      </div>
      {foot !== undefined && <div className={`line-above pad-y-12 pad-x-20 ${styles.foot}`}>{foot}</div>}
    </section>
  )
}

function Gap({ gap: { above, below } }: { gap: PathGap }) {
  return (
    <>
      {above !== null && (
        <p className={`text-13 strong toned ${styles.above}`} data-tone={above.tone}>
          {above.icon !== undefined && <Icon name={above.icon} />} {above.words}
        </p>
      )}
      {below !== null && <p className="faint mono cut">{below}</p>}
    </>
  )
}

/** The line to the next stop behind what stands between both. */
function PastLine({ stops, index }: { stops: readonly PathStop[]; index: number }) {
  const [stop, next] = stops.slice(index)
  return stop !== undefined && next !== undefined && <PathLine kind={joinStops(stop, next)} end="past" />
}

/** Moves the focus along the stops with the arrow keys. */
function walk({ key, currentTarget, target }: KeyboardEvent<HTMLElement>) {
  const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[key]
  const stops = [...currentTarget.querySelectorAll<HTMLElement>("[data-stop]")]
  const from = stops.indexOf(target as HTMLElement)
  if (by === undefined || from < 0) return
  stops[from + by]?.focus()
}

/** Remembers the stops that became proven while the page was open; one that only wasn't read before isn't news. */
function useArrived(stops: readonly PathStop[]): readonly string[] {
  const [seen, setSeen] = useState<{ stops: readonly PathStop[]; arrived: string[] }>({ stops, arrived: [] })
  if (seen.stops !== stops) {
    const isNews = ({ id, state }: PathStop) => {
      const before = seen.stops.find((one) => one.id === id)?.state
      return state === "proven" && before !== undefined && before !== "proven" && before !== "not-checked"
    }
    setSeen({ stops, arrived: [...seen.arrived, ...stops.filter(isNews).map(({ id }) => id)] })
  }
  return seen.arrived
}
