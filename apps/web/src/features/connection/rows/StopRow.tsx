import type { PathStop } from "@peering-desk/peering-rules"
import type { ProviderName } from "@peering-desk/shared-schemas"
import { useId, type ReactNode } from "react"
import { nameStop, nameStopState, toSourceWords } from "#copy/stops.ts"
import { Icon } from "#ui/marks/Icon.tsx"
import { StopMark } from "#ui/marks/StopMark.tsx"
import { TimeAgo, Timestamp } from "#ui/time/Timestamp.tsx"
import styles from "./rows.module.css"
import { toRowId } from "./step-stops.ts"

/** One quiet line of a stop, which opens with all that is known of it and how to change that. */
export function StopRow({
  stop,
  providerName,
  isOpen,
  onToggle,
  children,
}: {
  stop: PathStop
  providerName: ProviderName
  isOpen: boolean
  onToggle: () => void
  children: ReactNode
}) {
  const bodyId = useId()
  const { id, state, fact, says, number } = stop
  const { tone, word } = nameStopState(state)
  return (
    <li className={`line-below wrap ${styles.stop}`} data-state={state} data-tone={tone}>
      <div className={`line anchor gap-12 tap-44 ${styles.line}`}>
        <StopMark state={state} number={number} />
        <h3 className={`still nowrap ${styles.name}`}>
          <button
            type="button"
            id={toRowId(id)}
            data-printed
            className={`bare unpadded cover left strong ${styles.toggle}`}
            aria-expanded={isOpen}
            aria-controls={isOpen ? bodyId : undefined}
            onClick={onToggle}
          >
            {nameStop(stop, providerName)}
            <span className="visually-hidden">. {word}</span>
          </button>
        </h3>
        <span className={`grow cut quiet ${styles.fact}`}>{fact === "" ? word : fact}</span>
        <Icon name={isOpen ? "chevron-down" : "chevron-right"} />
      </div>
      {isOpen && (
        <div id={bodyId} tabIndex={-1} className={`stack gap-16 ${styles.body}`}>
          {(says !== "" || stop.source !== null) && (
            <p>
              {says} <Source stop={stop} />
            </p>
          )}
          {children}
        </div>
      )}
    </li>
  )
}

function Source({ stop: { source, by, at } }: { stop: PathStop }) {
  if (source === null) return null
  const { before, after } =
    source === "mark" ? { before: `Marked by ${by}`, after: "" } : toSourceWords(source, by)
  return (
    <span className="block faint small">
      {before}
      {at !== null && (
        <>
          {" "}
          <TimeAgo at={at} />, <Timestamp at={at} toTheSecond />
        </>
      )}{" "}
      {after}
    </span>
  )
}
