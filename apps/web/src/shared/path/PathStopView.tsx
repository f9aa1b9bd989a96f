import type { PathStop } from "@peering-desk/peering-rules"
import type { ProviderName } from "@peering-desk/shared-schemas"
import { nameStopState, toShortSource } from "#copy/stops.ts"
import { StopMark } from "#ui/marks/StopMark.tsx"
import { TimeAgo, Timestamp } from "#ui/time/Timestamp.tsx"
import { joinStops, type LineKind } from "./path-lines.ts"
import styles from "./PathStop.module.css"

/** A stop of the path with its half of the lines to its neighbours. A button where there is more to open. */
export function PathStopView({
  stop,
  name,
  providerName,
  before,
  after,
  isOpen,
  hasPanel,
  isArrived,
  isEntry,
  isStale,
  onChoose,
}: {
  stop: PathStop
  name: string
  providerName: ProviderName
  before: PathStop | undefined
  after: PathStop | undefined
  /** It is the one to act on. */
  isOpen: boolean
  hasPanel: boolean
  /** It became proven while the page was open. */
  isArrived: boolean
  /** The Tab key reaches this stop, and arrow keys the others. */
  isEntry: boolean
  isStale: boolean
  onChoose: ((id: PathStop["id"]) => void) | undefined
}) {
  const { id, state, number } = stop
  const { tone, word } = nameStopState(state)
  const fact = toFact(stop, before, word)
  const content = (
    <>
      {before !== undefined && <PathLine kind={joinStops(stop, before)} end="before" />}
      {after !== undefined && <PathLine kind={joinStops(stop, after)} end="after" />}
      <span className={`anchor grid centre-items ${styles.mark}`}>
        <StopMark state={state} number={number} isOpen={isOpen} />
      </span>
      <span className={`grid gap-x-8 text-13 lines-18 ${styles.words}`}>
        <span className={`strong cut text-14 ${styles.name}`}>{name}</span>
        <span className="visually-hidden">
          . {fact !== word && word}
          {fact !== "" && fact !== word && ": "}
        </span>
        <span className={`cut full-row ${styles.fact}`}>{fact}</span>
        <span className="visually-hidden">. </span>
        <span className={`faint cut small right second-column ${styles.source}`}>
          <Source stop={stop} providerName={providerName} isStale={isStale} />
        </span>
      </span>
      {hasPanel && <span className={`afloat on-top ${styles.notch}`} />}
    </>
  )
  const shared = {
    className: `narrow ${styles.stop}`,
    "data-state": state,
    "data-tone": tone,
    "data-arrived": isArrived || undefined,
  }
  return onChoose === undefined ? (
    <div {...shared}>{content}</div>
  ) : (
    <button
      type="button"
      {...shared}
      data-printed
      data-stop={id}
      tabIndex={isEntry ? 0 : -1}
      onClick={() => onChoose(id)}
    >
      {content}
    </button>
  )
}

/** A part of the line between two stops: to the one before, to the one after, or past what stands between. */
export function PathLine({ kind, end }: { kind: LineKind; end: "before" | "after" | "past" }) {
  return <span className={`afloat own-colours ${styles.line}`} data-kind={kind} data-end={end} />
}

/** A run of stops that wait says once for what. */
function toFact({ state, fact }: PathStop, before: PathStop | undefined, word: string): string {
  if (state === "later" && before?.state === "later" && (before.fact === fact || fact === "")) return ""
  return fact !== "" ? fact : state === "later" ? "Not reached" : word
}

function Source({
  stop,
  providerName,
  isStale,
}: {
  stop: PathStop
  providerName: ProviderName
  isStale: boolean
}) {
  const { state, at } = stop
  const words = toShortSource(stop, providerName)
  const time = at !== null && (isStale ? <Timestamp at={at} /> : <TimeAgo at={at} />)
  if (words !== null)
    return (
      <>
        {at === null ? words.before.replace(/, $/, "") : words.before}
        {time}
        {words.after}
      </>
    )
  return state === "not-checked" && time !== false && <>last read {time}</>
}
