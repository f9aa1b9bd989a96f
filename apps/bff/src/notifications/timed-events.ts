import type { Peering, SecretReport } from "@peering-desk/shared-schemas"
import { itself } from "#audit/audit-events.ts"
import { toEventContent, toNewEvent } from "#audit/row-content.ts"
import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { addFindings, type NewFinding } from "#events/findings.ts"
import { readNotificationRows } from "#events/notifications.ts"
import { toPeeringName } from "#audit/peering-names.ts"
import { appendEvents, type NewEvent } from "#store/event-log.ts"
import type { Store } from "#store/store.ts"
import { step } from "#store/step.ts"

interface TimedEventDeps {
  store: Store
  clock: Clock
  logger: Logger
  /** Returns the peerings that are polled, as they are known. */
  listPeerings: () => Promise<readonly Peering[]>
  listSecrets: () => readonly (Pick<SecretReport, "expiresAt" | "warning"> & { label: string })[]
  /** Returns since when Atlas has not answered this process, ISO 8601; null while it answers. */
  unreachableSince: () => string | null
}

const lookEveryMs = 60_000
const soonMs = 24 * 60 * 60_000
const unreachableMs = 15 * 60_000

/** Finds, once a minute, the events that no change brings. Several processes add each one once. */
export function createTimedEvents(deps: TimedEventDeps): () => Promise<void> {
  const { store, clock, logger } = deps
  let lookedAt = Number.NEGATIVE_INFINITY
  const told = new Set<string>()

  async function look(): Promise<void> {
    const isNew = ({ once }: { once: string }) => !told.has(once)
    const [findings, secrets] = [(await findExpiring(deps)).filter(isNew), findSecrets(deps).filter(isNew)]
    if (findings.length + secrets.length > 0)
      await step(store, async ({ transaction }) => {
        await addFindings(transaction, findings)
        await appendEvents(transaction, secrets.map(toSecretEvent))
      })
    for (const { once } of [...findings, ...secrets]) told.add(once)
    const since = deps.unreachableSince()
    if (since !== null && clock.now() - Date.parse(since) >= unreachableMs) await tellUnreachable(deps, since)
  }

  return async () => {
    if (clock.elapsed() - lookedAt < lookEveryMs) return
    lookedAt = clock.elapsed()
    await look().catch((error: unknown) => {
      logger.error({ err: error }, "Could not record what expires soon")
    })
  }
}

type OnceFinding = NewFinding & { once: string }

async function findExpiring({ clock, listPeerings }: TimedEventDeps): Promise<OnceFinding[]> {
  const now = clock.now()
  return (await listPeerings()).flatMap((peering) => {
    const { projectId, id, peer, label, history, expiresEarliest } = peering
    if (expiresEarliest === undefined) return []
    const leftMs = Date.parse(expiresEarliest) - now
    if (leftMs <= 0 || leftMs > soonMs) return []
    return [
      {
        at: now,
        kind: "expires-soon" as const,
        about: { projectId, providerName: peer.providerName, peeringId: id },
        values: {
          name: toPeeringName(label, id, peer),
          ...(peer.providerName === "AWS" && peer.awsAccountId && { place: peer.awsAccountId }),
          expiresAt: expiresEarliest,
        },
        status: history.at(-1)?.status ?? null,
        notifications: ["expires-soon"] as const,
        // A request that is made again has another time.
        once: `expires-soon ${projectId} ${id} ${history.at(-1)?.at ?? ""}`,
      },
    ]
  })
}

interface EndingSecret {
  name: string
  expiresAt: string
  why: string
  once: string
}

function findSecrets({ listSecrets }: TimedEventDeps): EndingSecret[] {
  return listSecrets().flatMap(({ label, expiresAt, warning }) =>
    warning === null
      ? []
      : [{ name: label, expiresAt, why: warning, once: `key-expires ${label} ${expiresAt} ${warning}` }],
  )
}

function toSecretEvent({ once, ...detail }: EndingSecret): NewEvent {
  const { columns, data } = toEventContent({ ...itself, action: "key-expires", detail })
  return toNewEvent({ columns: { ...columns, once }, data })
}

/** Each process has its own time at which Atlas ceased to answer. One event since then is about the same outage. */
async function tellUnreachable({ store, clock }: TimedEventDeps, since: string): Promise<void> {
  await step(store, async ({ transaction }) => {
    const known = await readNotificationRows(transaction, (query) =>
      query.where("kind", "=", "atlas-unreachable").where("at", ">=", Date.parse(since)).limit(1),
    )
    if (known.length > 0) return
    await addFindings(transaction, [
      {
        at: clock.now(),
        kind: "atlas-unreachable",
        about: null,
        notifications: ["atlas-unreachable"],
        values: { since },
      },
    ])
  })
}
