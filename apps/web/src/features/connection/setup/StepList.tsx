import { useId, useState, type ReactNode } from "react"
import type { SetupStep } from "#shared/setup/setup-steps.ts"
import { Icon } from "#ui/marks/Icon.tsx"
import styles from "./setup.module.css"

/** The steps below their title. Of a connection that works, the done and the optional ones show on request. */
export function StepList({
  title,
  steps,
  isWorking,
  open,
  children,
}: {
  title: ReactNode
  steps: readonly SetupStep[]
  isWorking: boolean
  /** The id of the open step, which always shows. */
  open: string | null
  children: (setupStep: SetupStep, number: number) => ReactNode
}) {
  const listId = useId()
  const [showsAll, setShowsAll] = useState(false)
  const doneAtFirst = useDoneAtFirst(steps)
  const isQuiet = ({ step, isDone }: SetupStep) =>
    isWorking && (step.isOptional === true || (isDone && doneAtFirst[step.id] === true))
  const quiet = steps.filter(isQuiet)
  const rows = steps
    .map((setupStep, index) => ({ setupStep, number: index + 1 }))
    .filter(({ setupStep }) => showsAll || setupStep.step.id === open || !isQuiet(setupStep))
  return (
    <>
      <div className={`row split ${styles.head}`}>
        {title}
        {quiet.length > 0 && (
          <button
            type="button"
            className={`tap-44 bare inline gap-6 rounded-6 quiet text-13 ${styles.more}`}
            aria-expanded={showsAll}
            aria-controls={rows.length > 0 ? listId : undefined}
            onClick={() => setShowsAll(!showsAll)}
          >
            {toQuietWords(quiet)}
            <Icon name="chevron-down" />
          </button>
        )}
      </div>
      {rows.length > 0 && (
        <ol id={listId} className={styles.steps}>
          {rows.map(({ setupStep, number }) => children(setupStep, number))}
        </ol>
      )}
    </>
  )
}

/** Remembers which steps were done when they were first known, so that none leaves the list under the person who finishes it. */
function useDoneAtFirst(steps: readonly SetupStep[]): Readonly<Record<string, boolean>> {
  const [atFirst, setAtFirst] = useState<Readonly<Record<string, boolean>>>({})
  const learnt = steps.filter(
    ({ step, evidence }) => !(step.id in atFirst) && evidence.kind !== "not-checked",
  )
  if (learnt.length > 0) {
    setAtFirst({ ...atFirst, ...Object.fromEntries(learnt.map(({ step, isDone }) => [step.id, isDone])) })
  }
  return atFirst
}

function toQuietWords(quiet: readonly SetupStep[]): string {
  const optional = quiet.filter(({ step }) => step.isOptional === true).length
  const done = quiet.length - optional
  return [done > 0 ? `${done} done` : "", optional > 0 ? `${optional} optional` : ""]
    .filter(Boolean)
    .join(", ")
}
