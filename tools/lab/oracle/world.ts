import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { openReceiver, type Receiver } from "#bff/test/support/receiver.ts"
import { createPostgresDatabase, openPostgres } from "#tools/lab/chaos/world.ts"
import { deskClient, toRedirectUris } from "#tools/lab/desk.ts"
import { createDemoIdentityProvider } from "@peering-desk/demo-identity-provider"
import { seededIds } from "@peering-desk/atlas-simulator"
import { findFreePort } from "@peering-desk/test-support/programs"
import { ask } from "#tools/lab/chaos/client.ts"
import { toNotificationRoute } from "./notification-route.ts"
import { recordAtlas, type RecordedAtlas } from "./atlas-record.ts"
import { openServer, type Server } from "./server.ts"
import { openStored, type ReadStored } from "./stored.ts"
import { openOutsider, type Outsider } from "./outsider.ts"

/** Administrators: one asks, the others approve. */
const people = ["ada", "ben", "vera"] as const
export type Person = (typeof people)[number]

/** Azure needs another person everywhere; in one project edits on AWS do, too. */
const policy = {
  lines: [
    { projects: "*", clouds: ["AZURE"], needs: "requester" },
    { projects: [seededIds.longName], clouds: ["AWS"], actions: ["change"], needs: "administrator" },
  ],
  expireAfterHours: 24,
}

export interface WorldOptions {
  /** An empty folder. */
  work: string
  servers: number
  database: "sqlite" | "postgres"
  /** Of a PostgreSQL that runs; one is started without it. */
  postgresUrl?: string | undefined
  /** Draws each server's clock and delays. */
  random: () => number
}

/** One to four servers over one database and one Atlas. */
export interface World {
  atlas: RecordedAtlas
  outsider: Outsider
  servers: readonly Server[]
  readStored: ReadStored
  receiver: Receiver
  /** The session of a person, which every server knows. */
  cookieOf: (person: Person) => string
  close: () => Promise<void>
}

export async function openWorld(options: WorldOptions): Promise<World> {
  const { work, servers: count, database, postgresUrl, random } = options
  const atlas = await recordAtlas()
  const openDatabase = () =>
    postgresUrl === undefined ? openPostgres() : createPostgresDatabase(postgresUrl)
  const postgres = database === "postgres" ? await openDatabase() : null
  const receiver = await openReceiver()
  const ports = await Promise.all(Array.from({ length: count }, findFreePort))
  const provider = createDemoIdentityProvider({
    client: { ...deskClient, redirectUris: toRedirectUris(ports) },
    personas: people.map((id) => ({
      id,
      name: `${id} example`,
      email: `${id}@example.com`,
      may: "Administrator of everything",
      groups: ["peering-admins"],
    })),
  })
  const { issuer } = await provider.listen()
  const policyFile = join(work, "approval-policy.json")
  writeFileSync(policyFile, JSON.stringify(policy))
  const servers: Server[] = []
  const close = async () => {
    for (const server of servers) await server.close()
    await provider.close()
    await receiver.close()
    await atlas.close()
    await postgres?.stop()
  }
  try {
    for (const [index, port] of ports.entries())
      servers.push(
        await openServer({
          number: index + 1,
          work: join(work, `server-${index + 1}`),
          atlas,
          postgres,
          // The first server's clock is right, and people sign in there.
          aheadMs: index === 0 ? 0 : Math.round((random() * 2 - 1) * mostAheadMs),
          atlasDelayMs: Math.floor(random() * 120),
          databaseDelayMs: Math.floor(random() * 4),
          environment: {
            PORT: String(port),
            OIDC_ISSUER: issuer,
            APPROVAL_POLICY_FILE: policyFile,
            NOTIFICATION_INSIDE_HOSTS: "127.0.0.1",
            ...unhurriedSessions,
            ...hurriedPolls,
          },
        }),
      )
    const [first] = servers
    if (first === undefined) throw new Error("a world needs a server")
    const cookies = new Map<Person, string>()
    for (const person of people) cookies.set(person, await first.desk().signIn(person))
    const cookieOf = (person: Person) => cookies.get(person) ?? ""
    const client = { desk: first.desk(), cookie: cookieOf("ada") }
    const added = await ask(client, "POST", "/api/notifications/routes", {
      body: toNotificationRoute(receiver.origin),
    })
    if (added.status !== 201) throw new Error(`the webhook was answered ${added.status}: ${added.text}`)
    const outsider = await openOutsider(atlas)
    await outsider.completeContainers()
    return {
      atlas,
      outsider,
      servers,
      readStored: openStored(postgres, join(work, "server-1")),
      receiver,
      cookieOf,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** The most that a server's clock is ahead or behind. */
const mostAheadMs = 60 * 60_000
/** No session ends by a clock that is an hour ahead. */
const unhurriedSessions = {
  SESSION_IDLE_MINUTES: "1440",
  SESSION_MAX_HOURS: "168",
  SESSION_CHECK_MINUTES: "1440",
}
const hurriedPolls = {
  POLL_MOVING_SECONDS: "1",
  POLL_MOVING_UNWATCHED_SECONDS: "1",
  POLL_WAITING_NEW_SECONDS: "1",
  POLL_WAITING_SECONDS: "1",
  POLL_STEADY_SECONDS: "1",
}
