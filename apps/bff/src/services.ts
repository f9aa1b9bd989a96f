import type { AtlasPeer, ProviderName } from "@peering-desk/shared-schemas"
import { createApprovalPolicyBook } from "#approvals/approval-policy.ts"
import { createApprovalGate } from "#approvals/hold-change.ts"
import type { AtlasCredential } from "#atlas/auth/atlas-credential.ts"
import { createAtlasClients } from "#atlas/atlas-clients.ts"
import { AuditLog } from "#audit/audit-log.ts"
import { CheckpointEmitter } from "#audit/checkpoint-emitter.ts"
import { createRowLines, toGaplessLog } from "#audit/row-lines.ts"
import type { Clock } from "#base/clock.ts"
import { ChangeRows } from "#changes/engine/change-rows.ts"
import { createChanges } from "#changes/engine/change-look-ups.ts"
import { usualTiming } from "#changes/engine/look-up-timing.ts"
import { createKinds } from "#changes/kinds.ts"
import type { Logger } from "#base/logger.ts"
import { createCloudAccounts } from "#cloud-accounts/create-cloud-accounts.ts"
import { AtlasReach } from "#operations/atlas-reach.ts"
import { DeadConnections } from "#http/dead-connections.ts"
import { Heartbeats } from "#http/heartbeats.ts"
import { KeyHealth } from "#operations/key-health.ts"
import { createKeyRetests } from "#operations/key-retests.ts"
import { NewSecrets } from "#operations/new-secrets.ts"
import { createMetrics } from "#operations/metrics.ts"
import { createNotifications } from "#notifications/create-notifications.ts"
import type { Resolve } from "#notifications/channels/post-to-target.ts"
import { createTimedEvents } from "#notifications/timed-events.ts"
import { createPolling } from "#polling/create-polling.ts"
import { LookUpReader } from "#facts/look-up-reader.ts"
import { HandOffSigner } from "#hand-offs/hand-off-token.ts"
import { CedarEngine } from "#policies/cedar-engine.ts"
import { Policies } from "#policies/policies.ts"
import { SnapshotReader } from "#preflight/snapshot-reader.ts"
import { followDatabaseClock, readDatabaseTime } from "#processes/database-clock.ts"
import { SharedPaces } from "#processes/shared-paces.ts"
import { ProjectCache } from "#projects/project-cache.ts"
import { ProjectPaces } from "#projects/project-paces.ts"
import { HandOffs } from "#hand-offs/hand-offs.ts"
import { openStore } from "#store/open-store.ts"
import type { Store } from "#store/store.ts"
import type { Config } from "./config.ts"
import { createSignInServices } from "./sign-in-services.ts"

export type Services = Awaited<ReturnType<typeof createServices>>

interface Inputs {
  config: Config
  /** This machine's clock, or the one that a demo simulates. */
  clock: Clock
  logger: Logger
  /** This machine's clock, where a demo simulates the other one. */
  machineClock?: Clock
  /** Reads the time of the database, in milliseconds since 1970; by default PostgreSQL's. */
  readTime?: () => Promise<number>
  /** Reads the Atlas credentials as they are configured now; throws when they can't be used. By default the ones of the start. */
  readCredentials?: () => readonly AtlasCredential[]
  /** The environment in which the AWS SDK finds credentials and addresses, and its thread's file; the server's own by default. */
  aws?: { environment?: NodeJS.ProcessEnv; file?: URL }
  /** Finds the addresses of the hosts that notifications go to; the machine's own way by default. */
  resolve?: Resolve
}

/** Builds one of each thing the routes need. */
export async function createServices(inputs: Inputs) {
  const { config, logger, machineClock = inputs.clock, resolve } = inputs
  const store = await openStore({ ...config.store, clock: inputs.clock, logger })
  const { readTime = () => readDatabaseTime(store) } = inputs
  const databaseClock =
    store.dialect === "postgres" ? await followDatabaseClock({ readTime, clock: machineClock, logger }) : null
  // What is stored is compared by other processes, whose machines may have another time.
  const signInClock = databaseClock ?? machineClock
  const clock = inputs.clock === machineClock ? signInClock : inputs.clock
  const output = config.auditToStdout ? toGaplessLog(logger) : logger
  const audit = await openAuditLog({ config, clock, output, store })
  const openStreams = new Set<() => void>()
  const metrics = createMetrics({
    openStreams: () => openStreams.size,
    watchLoops: () => pollers.loopCount,
    pollerLagMs: () => pollers.lagMs,
    secrets: () => keyHealth.secrets(),
    notifications: () => notifications.readMetrics(),
    openAuditFlaws: () => checkpoints.openFlaws,
  })
  const checkpoints = new CheckpointEmitter({ store, audit, clock, logger, output })
  const atlasReach = new AtlasReach(clock)
  const paces = new ProjectPaces({
    shared: store.dialect === "postgres" ? new SharedPaces(store) : null,
    clock,
    logger,
  })
  const atlas = createAtlasClients({
    ...config.atlas,
    baseUrl: config.atlas.baseUrl.href,
    logger,
    clock,
    onCall(end) {
      metrics.countAtlasCall(end)
      atlasReach.note(end)
      retestKeys(end)
    },
    onRecovered: () => pollers.retryFailed(),
    paces,
  })
  const projectCache = new ProjectCache({ atlas, clock })
  const containersChanged = (projectId: string, by?: AtlasPeer) =>
    projectCache.of(projectId).containersChanged(by)
  const polling = createPolling({
    store,
    readDatabaseUrl: store.dialect === "postgres" ? () => store.readUrl() : undefined,
    atlas,
    isOwnKey: (key) => atlas.keys().some(({ credential }) => credential.isNamed(key)),
    containersChanged,
    intervals: config.limits.polls,
    paces,
    onLeadChange: metrics.countLeadChange,
    clock,
    realClock: machineClock,
    logger,
  })
  const { pollers, sharing } = polling
  const policies = new Policies({
    engine: new CedarEngine({ clock: machineClock, logger }),
    policiesOf: (projectId) => projectCache.of(projectId).policies,
    peersOf: (projectId) => pollers.listKnown(projectId),
    entriesOf: (projectId) => projectCache.of(projectId).readEntries(),
    clock,
  })
  const projectDeps = {
    atlas,
    policies,
    containersChanged,
    projectCache,
    listPeers: async (projectId: string, providerName: ProviderName) => {
      const cloud = pollers.of(projectId, providerName)
      await cloud.poll(0)
      // A list from before a failed poll proves nothing about now.
      if (cloud.failure !== null) throw cloud.failure
      return pollers.live.ofCloud(projectId, providerName).map(({ peer }) => peer)
    },
  }
  const changeRows = new ChangeRows({ store, clock, processId: sharing?.process ?? null })
  const keyHealth = new KeyHealth({ clients: atlas, audit, clock, logger })
  const retestKeys = createKeyRetests(keyHealth, clock)
  const { readCredentials = () => config.atlas.credentials } = inputs
  const newSecrets = new NewSecrets({ clients: atlas, readCredentials, clock, logger })
  const { peersPerProject } = config.atlas
  const rightsIn = (projectId: string) => keyHealth.rightsIn(projectId)
  const judged = { projectCache, pollers, clock, policies, store, peersPerProject }
  const snapshotReader = new SnapshotReader({ ...judged, rightsIn })
  const kinds = createKinds({
    ...projectDeps,
    pollers,
    peeringWriter: polling.peeringWriter,
    store,
    audit,
    changeRows,
    snapshotReader,
    clock,
  })
  const signInDeps = { config, clock: signInClock, machineClock, logger, store, audit }
  const signInServices = createSignInServices(signInDeps)
  const notifications = createNotifications({
    ...signInServices,
    settings: config.notifications,
    secrets: config.signIn.sessionSecrets,
    store,
    audit,
    publicUrl: config.publicUrl,
    nameProject: (id) => projectCache.readName(id),
    noteTimedEvents: createTimedEvents({
      store,
      clock,
      logger,
      listPeerings: async () =>
        (await polling.peeringStore.listProjects()).flatMap((id) => pollers.live.list(id).peerings),
      listSecrets: () => keyHealth.secrets(),
      unreachableSince: () => atlasReach.failure?.since ?? null,
    }),
    leads: () => sharing?.leads ?? true,
    readVersion: () => sharing?.version ?? null,
    clock,
    signInClock,
    logger,
    ...(resolve !== undefined && { resolve }),
  })
  await notifications.routes.reencrypt()
  // An SQLite file has one process; PostgreSQL may have several, and each is given time to answer.
  const aloneSince = store.dialect === "sqlite" ? clock.now() : null
  const services = {
    config,
    clock,
    logger,
    store,
    audit,
    notifications,
    checkpoints,
    metrics,
    atlasReach,
    clients: atlas,
    keyHealth,
    newSecrets,
    ...polling,
    changeRows,
    kinds,
    ...createChanges({
      store,
      audit,
      changeRows,
      timing: usualTiming,
      realClock: machineClock,
      sharing,
      kinds: Object.values(kinds),
      clock,
      logger,
    }),
    lookUps: new LookUpReader({ clock: machineClock, logger }),
    handOffs: new HandOffs(store),
    handOffSigner: new HandOffSigner(config.signIn.sessionSecrets),
    snapshotReader,
    ...projectDeps,
    aloneSince,
    openStreams,
    heartbeats: new Heartbeats(clock),
    silentPeers: new DeadConnections(clock),
    lifetime: { leaving: false, stopping: false },
    metricsAccess: { token: config.metricsToken },
    signInClock,
    databaseClock,
    ...signInServices,
  }
  const approvalPolicy = createApprovalPolicyBook(config.approvalPolicy)
  const approvals = createApprovalGate({ ...services, approvalPolicy })
  return { ...services, ...createCloudAccounts(services, inputs.aws), approvalPolicy, approvals }
}

/** Opens the audit log. From here on this process notices an older copy of the database. */
async function openAuditLog({
  config,
  clock,
  output,
  store,
}: Pick<Inputs, "config" | "clock"> & { output: Logger; store: Store }): Promise<AuditLog> {
  const audit = new AuditLog({
    store,
    clock,
    secrets: config.signIn.sessionSecrets,
    ...(config.auditToStdout && { onRow: createRowLines(output) }),
  })
  await audit.keys.reencrypt()
  await audit.end.read()
  return audit
}
