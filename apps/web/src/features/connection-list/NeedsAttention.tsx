import { readStatus, type Peering } from "@peering-desk/shared-schemas"
import {
  isStatusSinceSeen,
  toNextStep,
  toStatusSince,
  getWaitingOn,
  type NextStep,
} from "@peering-desk/peering-rules"
import { Link } from "wouter"
import { pagePaths } from "#shared/page-paths.ts"
import { LinkButton } from "#ui/Button.tsx"
import { Card } from "#ui/Card.tsx"
import { Icon } from "#ui/marks/Icon.tsx"
import { Pill } from "#ui/marks/Pill.tsx"
import { Elapsed, Remaining } from "#ui/time/Timestamp.tsx"
import { toPeeringTitle } from "#copy/peerings.ts"
import { toTaskWords } from "#copy/peerings.ts"
import { needsPerson } from "./list-filter.ts"
import styles from "./NeedsAttention.module.css"
import { StepSummary } from "./StepSummary.tsx"
import type { FindContainer } from "#shared/polling/use-project-peerings.ts"

const most = 3

interface Props {
  peerings: readonly Peering[]
  findContainer: FindContainer
}

/** The connections that need attention, most urgent first. Keeps its height without any: the list below must not move. */
export function NeedsAttention({ peerings, findContainer }: Props) {
  const tasks = peerings
    .filter(needsPerson)
    .map((peering) => toTask(peering, findContainer))
    .sort((a, b) => a.urgency - b.urgency)

  if (tasks.length === 0) {
    return (
      <div className={styles.none}>
        <Card>
          <p className={styles.calm}>
            <Icon name="works" /> Nothing waits for a person
          </p>
        </Card>
      </div>
    )
  }
  return (
    <ul className={styles.tasks} aria-label="Needs a person">
      {tasks.slice(0, most).map((task) => (
        <li key={task.peering.id} className={styles.task}>
          <TaskCard {...task} />
        </li>
      ))}
    </ul>
  )
}

interface Task {
  peering: Peering
  step: NextStep
  /** Less is sooner: a deadline by its time, then what waits, then what failed. */
  urgency: number
}

function toTask(peering: Peering, findContainer: FindContainer): Task {
  const { peer, history } = peering
  const step = toNextStep(peer, findContainer(peer) ?? null, toStatusSince(history))
  const deadline = step.kind === "accept-in-aws" && step.deadline !== null ? Date.parse(step.deadline) : null
  const withoutDeadline = getWaitingOn(peer) === "you" ? Number.MAX_SAFE_INTEGER - 1 : Number.MAX_SAFE_INTEGER
  return { peering, step, urgency: deadline ?? withoutDeadline }
}

function TaskCard({ peering, step }: Task) {
  const { peer, history } = peering
  const turn = getWaitingOn(peer)
  const since = toStatusSince(history)
  const isExact = isStatusSinceSeen(peering)
  const title = toPeeringTitle(peer)
  const act = turn === "failed" ? "See why" : "See what to do"
  return (
    <Card padded={false}>
      <div className={styles.body}>
        <div className={styles.top}>
          <Pill tone={turn}>{toTaskWords(peer, turn, readStatus(peer))}</Pill>
          <span className={styles.time}>
            {step.kind === "accept-in-aws" && step.deadline !== null ? (
              <Remaining until={step.deadline} atMost={!isExact} />
            ) : (
              since !== null && <Elapsed since={since} seenAlready={!isExact} />
            )}
          </span>
        </div>
        <h2 className={styles.title}>{title}</h2>
        <p className={styles.words}>
          <StepSummary step={step} />
        </p>
        <Link href={pagePaths.connection(peering.projectId, peering.id)} asChild>
          <LinkButton size="small" aria-label={`${act}: ${title}`}>
            {act}
          </LinkButton>
        </Link>
      </div>
    </Card>
  )
}
