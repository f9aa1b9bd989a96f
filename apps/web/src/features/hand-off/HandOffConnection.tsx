import type { HandOffView } from "@peering-desk/shared-schemas"
import { useEffect, useMemo, useRef, useState } from "react"
import { usePressHandOff } from "#api/peerings/hand-off.ts"
import { toHandOffTitle, toHandOffTurn, toSeenWords, toStateWords } from "#copy/hand-off.ts"
import { PathPicture } from "#shared/path/PathPicture.tsx"
import { toAtlasNetwork, toOwnNetwork } from "#shared/path/path-networks.ts"
import { listWays, toTool, useWay } from "#shared/setup/way.ts"
import { SegmentedControl } from "#ui/fields/SegmentedControl.tsx"
import { focusTitle, PageHeader } from "#ui/PageHeader.tsx"
import { useNow } from "#ui/time/now.ts"
import { formatDeadline, formatMoment } from "#ui/time/times.ts"
import { Asker } from "./Asker.tsx"
import { DeclinedNotice } from "./DeclinedNotice.tsx"
import { toHandOffGap, toHandOffPath } from "./hand-off-path.ts"
import styles from "./hand-off.module.css"
import { listLaterSteps, toOwnerAct } from "./owner-steps.ts"
import { OwnerPanel } from "./OwnerPanel.tsx"
import { OwnerRows } from "./OwnerRows.tsx"

/** Who asks for what, the path, the owner's one act, and what may be done besides. */
export function HandOffConnection({
  token,
  view,
  isStale,
}: {
  token: string
  view: HandOffView
  /** The last read failed: this is the last known state. */
  isStale: boolean
}) {
  const { peer, container, providerName, declined } = view
  const now = useNow()
  const press = usePressHandOff(token)
  const turn = toHandOffTurn(view)
  const isDeclined = (turn === "you" || turn === "atlas") && declined !== null
  const act = isDeclined ? null : toOwnerAct(view)
  const later = isDeclined ? [] : listLaterSteps(view)
  const path = useMemo(() => toHandOffPath(view, now), [view, now])
  const [way, chooseWay] = useWay()
  const options = listWays([...(act?.steps ?? []), ...later], providerName)
  const tool = toTool(way, providerName)
  const ways = options.length > 1 && (
    <SegmentedControl
      label="Show the steps for"
      options={options}
      value={options.some(({ value }) => value === way) ? way : (options[0]?.value ?? way)}
      onChange={chooseWay}
    />
  )
  const atlas = toAtlasNetwork(container, "")
  return (
    <>
      <div className={styles.head}>
        <PageHeader title={isDeclined ? "You declined this peering" : toHandOffTitle(view)} />
        <Asker view={view} />
      </div>
      <PathPicture
        path={path}
        own={toOwnNetwork(peer, container, null)}
        atlas={{ ...atlas, title: "Atlas", facts: atlas.facts.slice(0, 1) }}
        gap={toHandOffGap(view, now)}
        staleAt={isStale ? view.checkedAt : null}
        panel={
          isDeclined ? (
            <DeclinedNotice token={token} view={view} declined={declined} />
          ) : path.open === null && turn === "works" ? undefined : (
            <OwnerPanel token={token} view={view} act={act} tool={tool} ways={ways} press={press} />
          )
        }
      />
      <Outcome view={view} mayAct={act !== null} isDeclined={isDeclined} wasPressed={press.isSuccess} />
      {(later.length > 0 || turn === "failed") && (
        <OwnerRows token={token} view={view} steps={later} tool={tool} ways={act === null && ways} />
      )}
      <p className="center quiet small">
        This link shows this connection only and expires on {formatDeadline(view.expiresAt)}.
      </p>
    </>
  )
}

/** The page's one live region: the result of a report, and each new state. */
function Outcome({
  view,
  mayAct,
  isDeclined,
  wasPressed,
}: {
  view: HandOffView
  mayAct: boolean
  isDeclined: boolean
  wasPressed: boolean
}) {
  const now = useNow()
  const [firstStatus] = useState(view.status)
  const said = useFocusAfter(mayAct, isDeclined)
  // On a phone it is below the screen.
  useEffect(() => {
    if (wasPressed) said.current?.scrollIntoView?.({ block: "nearest" })
  }, [wasPressed, said])
  const words = isDeclined
    ? "You declined."
    : wasPressed
      ? toSeenWords(view, formatMoment(view.checkedAt ?? now, now))
      : view.status === firstStatus
        ? null
        : toStateWords(view).strong
  return (
    // It keeps its line, so that nothing moves when it speaks.
    <output ref={said} tabIndex={-1} className={isDeclined ? "visually-hidden" : "strong high-20"}>
      {words}
    </output>
  )
}

/** Takes the focus of a button that was pressed and is gone, where the words are hidden the page's title does. */
function useFocusAfter(isThere: boolean, isHidden: boolean) {
  const target = useRef<HTMLOutputElement>(null)
  const wasThere = useRef(isThere)
  useEffect(() => {
    if (wasThere.current && !isThere && document.activeElement === document.body) {
      if (isHidden) focusTitle()
      else target.current?.focus()
    }
    wasThere.current = isThere
  }, [isThere, isHidden])
  return target
}
