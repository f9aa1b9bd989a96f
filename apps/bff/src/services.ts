import type { AtlasPeer, ProviderName } from "@peering-desk/shared-schemas"
import { ApiTokens } from "#api-tokens/api-tokens.ts"
import { dayMs } from "#api-tokens/token-lifetimes.ts"
import { TokenOwners } from "#api-tokens/token-owners.ts"
import { createTokenWatch } from "#api-tokens/token-watch.ts"
import { createApprovals } from "#approvals/create-approvals.ts"
import { createAtlasClients } from "#atlas/atlas-clients.ts"
import { AuditLog } from "#audit/audit-log.ts"
import { CheckpointEmitter } from "#audit/checkpoint-emitter.ts"
import { createRowLines } from "#audit/row-lines.ts"
import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { AtlasReach } from "#operations/atlas-reach.ts"
import { SilentPeers } from "#http/silent-peers.ts"
import { KeyHealth } from "#operations/key-health.ts"
import { createMetrics } from "#operations/metrics.ts"
import { createPolling } from "#polling/create-polling.ts"
import { HandOffSigner } from "#hand-offs/hand-off-token.ts"
import { CreateReconciler } from "#creates/reconcile-creates.ts"
import { SnapshotReader } from "#preflight/snapshot-reader.ts"
import { SharedPaces } from "#processes/shared-paces.ts"
import { ProjectCache } from "#projects/project-cache.ts"
import { ProjectPaces } from "#projects/project-paces.ts"
import { respectPauses } from "#projects/rate-pauses.ts"
import { createRuleBook } from "#sign-in/access-rules.ts"
import { createLogoutTokenReader } from "#sign-in/provider/logout-token.ts"
import { createOidcClient } from "#sign-in/provider/oidc-client.ts"
import { createClaimsCheck } from "#sign-in/claims-check.ts"
import { createPendingSignIns } from "#sign-in/pending-sign-ins.ts"
import { createRateLimits } from "#sign-in/rate-limits.ts"
import { createRefusalLog } from "#sign-in/refusal-log.ts"
import { createRoleGuards } from "#sign-in/require-role.ts"
import { toSessionCookie } from "#sign-in/session-cookie.ts"
import { toSessionOwner } from "#sign-in/session-data.ts"
import type { CallerWatch } from "#sign-in/caller-watch.ts"
import { createSessionWatch } from "#sign-in/session-watch.ts"
import { CreateIntents } from "#creates/create-intents.ts"
import { HandOffs } from "#hand-offs/hand-offs.ts"
import { Presets } from "#presets/presets.ts"
import { SavedViews } from "#saved-views/saved-views.ts"
import { openStore } from "#store/open-store.ts"
import type { Store } from "#store/store.ts"
import { SessionStore } from "#store/session-store.ts"
import type { Config } from "./config.ts"

export type Services = Awaited<ReturnType<typeof createServices>>

interface Inputs {
  config: Config
  clock: Clock
  logger: Logger
  /** The clock of sign-ins and sessions, where a demo simulates the other one. */
  signInClock?: Clock
}

/** Builds one of each thing the routes need. */
export async function createServices({ config, clock, logger, signInClock = clock }: Inputs) {
  const store = await openStore({ ...config.store, clock, logger })
  const audit = await openAuditLog({ config, clock, logger, store })
  const openStreams = new Set<() => void>()
  const metrics = createMetrics({
    openStreams: () => openStreams.size,
    watchLoops: () => pollers.loopCount,
    pollerLagMs: () => pollers.lagMs,
    secrets: () => keyHealth.secrets(),
  })
  const atlasReach = new AtlasReach(clock)
  const clients = createAtlasClients({
    baseUrl: config.atlas.baseUrl.href,
    apiVersion: config.atlas.apiVersion,
    credentials: config.atlas.credentials,
    logger,
    clock,
    onCall(end) {
      metrics.countAtlasCall(end)
      atlasReach.note(end)
    },
    onRecovered: () => pollers.retryFailed(),
  })
  const paces = new ProjectPaces({
    shared: store.dialect === "postgres" ? new SharedPaces(store) : null,
    clock,
    logger,
  })
  const atlas = respectPauses(clients, paces, clock)
  const projectCache = new ProjectCache({ atlas, clock })
  const containersChanged = (projectId: string, by?: AtlasPeer) =>
    projectCache.of(projectId).containersChanged(by)
  const polling = createPolling({
    store,
    readDatabaseUrl: store.dialect === "postgres" ? () => store.readUrl() : undefined,
    atlas,
    containersChanged,
    intervals: config.limits.polls,
    paces,
    onLeaseChange: metrics.countLeaseChange,
    clock,
    realClock: signInClock,
    logger,
  })
  const { pollers } = polling
  const intents = new CreateIntents({ store, clock })
  const keyHealth = new KeyHealth({ clients, audit, clock, logger })
  const snapshotReader = new SnapshotReader({
    projectCache,
    pollers,
    clock,
    mayCreateIn: (projectId) => keyHealth.mayCreateIn(projectId),
    peersPerProject: config.atlas.peersPerProject,
  })
  // An SQLite file has one process; PostgreSQL may have several, and each is given time to answer.
  const aloneSince = store.dialect === "sqlite" ? clock.now() : null
  const services = {
    config,
    clock,
    logger,
    store,
    audit,
    checkpoints: new CheckpointEmitter({ store, audit, clock, logger }),
    metrics,
    atlasReach,
    clients,
    keyHealth,
    atlas,
    ...polling,
    handOffs: new HandOffs(store),
    handOffSigner: new HandOffSigner(config.signIn.sessionSecrets),
    projectCache,
    snapshotReader,
    containersChanged,
    privateIpModeChanged: (projectId: string) => projectCache.of(projectId).privateIpMode.expire(),
    customDnsChanged: (projectId: string) => {
      const { customDns, clusters } = projectCache.of(projectId)
      customDns.expire()
      clusters.expire()
    },
    accessListChanged: (projectId: string) => projectCache.of(projectId).accessList.expire(),
    listPeers: async (projectId: string, providerName: ProviderName) => {
      const cloud = pollers.of(projectId, providerName)
      await cloud.poll(0)
      // A list from before a failed poll proves nothing about now.
      if (cloud.failure !== null) throw cloud.failure
      return pollers.live.ofCloud(projectId, providerName).map(({ peer }) => peer)
    },
    intents,
    presets: new Presets({ store, clock }),
    savedViews: new SavedViews({ store, clock }),
    reconciler: new CreateReconciler({
      intents,
      pollers,
      audit,
      clock,
      logger,
      aloneSince,
    }),
    openStreams,
    silentPeers: new SilentPeers(clock),
    lifetime: { leaving: false, stopping: false },
    metricsAccess: { token: config.metricsToken },
    signInClock,
    ...createSignInServices({ config, clock: signInClock, logger, store, audit }),
  }
  const { approvalPolicy: policy } = config
  return { ...services, ...createApprovals(services, { store, policy, aloneSince }) }
}

/** Opens the audit log. From here on this process notices an older copy of the database. */
async function openAuditLog({ config, clock, logger, store }: Inputs & { store: Store }): Promise<AuditLog> {
  const audit = new AuditLog({
    store,
    clock,
    secrets: config.signIn.sessionSecrets,
    ...(config.auditToStdout && { onRow: createRowLines(logger) }),
  })
  await audit.keys.sealAgain()
  await audit.end.read()
  return audit
}

interface StoreAndAudit {
  store: Store
  audit: AuditLog
}

function createSignInServices({ config, clock, logger, store, audit }: Inputs & StoreAndAudit) {
  const { signIn, publicUrl } = config
  const sessions = new SessionStore({ store, clock, ownerOf: toSessionOwner, ...config.limits.sessions })
  const ruleBook = createRuleBook(signIn.accessRules)
  const oidc = createOidcClient({ ...signIn, publicUrl }, clock, () => ruleBook.claimNames())
  const { checkMs, signInMs } = config.limits.sessions
  const sessionWatch = createSessionWatch({ sessions, ruleBook, clock, logger, checkMs })
  const cookie = toSessionCookie(publicUrl)
  const refusals = createRefusalLog({ audit, clock, logger })
  const apiTokens = new ApiTokens({ store, clock })
  const tokenOwners = new TokenOwners({ store, audit, apiTokens, clock })
  const ownerMs = config.limits.tokens.ownerDays * dayMs
  const tokenWatch = createTokenWatch({ apiTokens, ruleBook, clock, logger, checkMs: ownerMs })
  const callerWatch: Pick<CallerWatch, "follow"> = {
    follow: (user, listener) =>
      (user.identity.token === undefined ? sessionWatch : tokenWatch).follow(user, listener),
  }
  return {
    apiTokens,
    tokenOwners,
    callerWatch,
    tokenWatch,
    /** The time for which the provider's word about the owner of an API token counts. */
    ownerMs,
    people: tokenOwners,
    refusals,
    // A copy: it is replaced in place when the secrets are rotated.
    sessionSecrets: [...signIn.sessionSecrets] as string[],
    sessions,
    ruleBook,
    oidc,
    cookie,
    pendingSignIns: createPendingSignIns({
      cookie,
      secrets: signIn.sessionSecrets,
      lastsMs: signInMs,
      clock,
    }),
    claimsCheck: createClaimsCheck({
      oidc,
      sessions,
      audit,
      sessionWatch,
      people: tokenOwners,
      clock,
      logger,
      checkMs,
    }),
    guards: createRoleGuards(ruleBook, refusals),
    limits: createRateLimits(config.limits.rates),
    sessionWatch,
    readLogoutToken: createLogoutTokenReader({
      metadata: () => oidc.metadata(),
      clientId: signIn.clientId,
      allowances: signIn.logoutAllowances,
      clock,
    }),
  }
}
