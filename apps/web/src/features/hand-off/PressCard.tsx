import type { HandOffView } from "@peering-desk/shared-schemas"
import { useEffect, useRef, useState } from "react"
import { isLinkOver, usePressHandOff } from "#api/peerings/hand-off.ts"
import { Button } from "#ui/Button.tsx"
import { Card } from "#ui/Card.tsx"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"
import { useNow } from "#ui/time/now.ts"
import { formatMoment } from "#ui/time/times.ts"
import { toProblemWords } from "#copy/problems.ts"
import styles from "./hand-off.module.css"
import { toHandOffTurn, toSeenWords, toStateWords } from "#copy/hand-off.ts"

/** "I did it", and what was seen then. Holds the page's one live region: it speaks of each new state too. */
export function PressCard({ token, view }: { token: string; view: HandOffView }) {
  const { mutate, isPending, isSuccess, error } = usePressHandOff(token)
  const now = useNow()
  const [firstStatus] = useState(view.status)
  const turn = toHandOffTurn(view)
  const mayPress = turn === "you" || turn === "atlas"
  const said = useFocusAfter(mayPress)

  const checkedAt = formatMoment(view.checkedAt ?? now, now)
  const words = isSuccess
    ? toSeenWords(view, checkedAt)
    : view.status === firstStatus
      ? null
      : toStateWords(view).strong
  return (
    <>
      {mayPress && (
        <Card title="Done?">
          <div className={styles.press}>
            <p>Press when you have done it: this server then asks Atlas at once.</p>
            <Button kind="primary" aria-disabled={isPending} onClick={() => !isPending && mutate()}>
              {isPending ? "Asking Atlas…" : "I did it"}
            </Button>
          </div>
        </Card>
      )}
      <output ref={said} tabIndex={-1} className={styles.said}>
        {words}
      </output>
      {error !== null && !isLinkOver(error) && <ProblemNotice {...toProblemWords(error)} announce />}
    </>
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
