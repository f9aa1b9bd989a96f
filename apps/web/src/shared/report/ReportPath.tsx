import type { Path } from "@peering-desk/peering-rules"
import { nameStop, nameStopState } from "#copy/stops.ts"
import { notGiven } from "#copy/peerings.ts"
import type { PathNetwork } from "#shared/path/path-networks.ts"
import { StopMark } from "#ui/marks/StopMark.tsx"
import { formatSource } from "./report-words.ts"

/** The path of a connection on paper: the same stops and marks as on its page, with the times at which they were read. */
export function ReportPath({ path, own, atlas }: { path: Path; own: PathNetwork; atlas: PathNetwork }) {
  const { stops, providerName } = path
  return (
    <div className="path" data-stops={stops.length}>
      <Box network={own} side="own" />
      <Box network={atlas} side="atlas" />
      <ol>
        {stops.map((stop, index) => {
          const { id, side, state, fact } = stop
          const isJoined = state === "proven" && stops[index - 1]?.state === "proven"
          return (
            <li key={id} data-side={side} data-joined={isJoined || undefined}>
              <StopMark state={state} number={null} />
              <strong>{nameStop(stop, providerName)}</strong>
              <span>{fact || nameStopState(state).word}</span>
              <span className="fine">{formatSource(stop)}</span>
            </li>
          )
        })}
      </ol>
    </div>
  )
}

function Box({ network: { title, name, place, facts }, side }: { network: PathNetwork; side: string }) {
  return (
    <div className="box" data-side={side}>
      <h3>
        {title}
        {name !== null && ` · ${name}`} <span className="fine">{place}</span>
      </h3>
      <dl>
        {facts.map(({ label, value, shown }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{shown ?? value ?? notGiven}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
