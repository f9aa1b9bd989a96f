import type { HandOffView } from "@peering-desk/shared-schemas"
import { useEffect, useRef, useState } from "react"
import { isLinkOver, useDeclineHandOff, usePressHandOff } from "#api/peerings/hand-off.ts"
import { Button } from "#ui/Button.tsx"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"
import { useNow } from "#ui/time/now.ts"
import { formatMoment } from "#ui/time/times.ts"
import { toHandOffTurn, toSeenWords, toStateWords } from "#copy/hand-off.ts"
import { toProblemWords } from "#copy/problems.ts"
import { DeclineDialog } from "./DeclineDialog.tsx"
import styles from "./hand-off.module.css"

/** Reports the step as done, or declines. Holds the page's one live region: it speaks of each new state too. */
export function ActionBar({
  token,
  view,
  isDeclined,
}: {
  token: string
  view: HandOffView
  isDeclined: boolean
}) {
  const press = usePressHandOff(token)
  const decline = useDeclineHandOff(token)
  const now = useNow()
  const [firstStatus] = useState(view.status)
  const [isDeclining, setDeclining] = useState(false)
  const turn = toHandOffTurn(view)
  const mayAct = (turn === "you" || turn === "atlas") && !isDeclined
  const said = useFocusAfter(mayAct)
  const error = press.error ?? null

  const checkedAt = formatMoment(view.checkedAt ?? now, now)
  const words = isDeclined
    ? "You declined."
    : press.isSuccess
      ? toSeenWords(view, checkedAt)
      : view.status === firstStatus
        ? null
        : toStateWords(view).strong
  return (
    <div className={`stack gap-10 line-above on-raised ${styles.bar}`}>
      {mayAct && (
        <div className={`row gap-10 ${styles.actions}`}>
          <Button
            kind="primary"
            aria-disabled={press.isPending}
            onClick={() => !press.isPending && press.mutate()}
          >
            {press.isPending ? "Checking…" : "Done – check now"}
          </Button>
          <Button onClick={() => setDeclining(true)}>Decline…</Button>
          <AskLink view={view} />
        </div>
      )}
      <output ref={said} tabIndex={-1} className={`strong ${styles.said}`}>
        {words}
      </output>
      {error !== null && !isLinkOver(error) && <ProblemNotice {...toProblemWords(error)} announce />}
      {isDeclining && (
        <DeclineDialog
          view={view}
          error={decline.error}
          isPending={decline.isPending}
          onClose={() => setDeclining(false)}
          onDecline={(reason) => decline.mutate(reason, { onSuccess: () => setDeclining(false) })}
        />
      )}
    </div>
  )
}

function AskLink({ view: { askedBy, peer } }: { view: HandOffView }) {
  if (askedBy.email === null) return null
  const subject = encodeURIComponent(`MongoDB Atlas peering ${peer.id}`)
  return (
    <a
      className={`flex level push quiet ${styles.ask}`}
      href={`mailto:${encodeURIComponent(askedBy.email)}?subject=${subject}`}
    >
      Ask {askedBy.name} a question
    </a>
  )
}

/** Takes the focus of a button that was pressed and is gone. */
function useFocusAfter(isThere: boolean) {
  const target = useRef<HTMLOutputElement>(null)
  const wasThere = useRef(isThere)
  useEffect(() => {
    if (wasThere.current && !isThere && document.activeElement === document.body) target.current?.focus()
    wasThere.current = isThere
  }, [isThere])
  return target
}
