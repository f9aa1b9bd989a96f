import { join } from "node:path"
import { apiUrls } from "@peering-desk/shared-schemas"
import type { EventReader } from "#bff/test/support/event-reader.ts"
import type { Task } from "#tools/lab/area.ts"
import { atMost, none, shown, type Figure } from "#tools/lab/figure.ts"
import { ask, at, create, createNow, list, openStream, pause, secondsUntil, type Seat } from "./seat.ts"
import { shiftDate } from "./shifted-date.ts"
import { azure, openCluster, projectId, readEnds, type Cluster } from "./world.ts"

const creates = 20
const answeredAfterMs = 9_000
const made = 30

/** Servers whose clocks differ, and servers that create and delete in turn: every label is true, every list the same. */
export async function compareServers({ work, random, note }: Task): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const seconds of [30, 120]) {
    note(`creating at servers ${seconds} s apart`)
    figures.push(...(await createApart(join(work, `apart-${seconds}`), seconds)))
  }
  for (const count of [2, 3]) {
    note(`creating and deleting at ${count} servers`)
    figures.push(...(await createAndDelete(join(work, `servers-${count}`), count, random)))
  }
  return figures
}

/** Creates at two servers at once, whose connections Atlas makes late. */
async function createApart(work: string, seconds: number): Promise<Figure[]> {
  const cluster = await openCluster(work, 2, (number) => (number === 1 ? {} : shiftDate(seconds * 1_000)))
  try {
    const streams = await Promise.all(cluster.seats.map((seat) => openStream(seat, [projectId])))
    cluster.atlas.simulator.addFault({
      match: { method: "POST", path: "/peers" },
      fault: { delayMs: answeredAfterMs },
    })
    const keys = Array.from({ length: creates }, (_, number) => `a-key-for-create-${number}`)
    const replies = await Promise.all(
      keys.map((key, number) =>
        create(at(cluster.seats, number % 2), projectId, toRequest(`vnet-${number}`), key),
      ),
    )
    await pause(2_000)
    const ends = await readEnds(cluster.postgres)
    const failed = await cluster.postgres.readRows(
      "select number from event where kind = 'peering-create' and outcome in ('failed', 'refused')",
    )
    const denied = new Set(streams.flatMap(readNotCreated))
    const isTrue = (key: string, number: number) =>
      replies[number]?.status === 201 && ends.get(`${projectId} ${key}`)?.state === "done" && !denied.has(key)
    for (const stream of streams) stream.close()
    const where = `${seconds} s apart, Atlas answers after 9 s`
    return [
      shown(`${where}: creates`, creates),
      none(
        `${where}: creates with a wrong label, at any moment`,
        keys.filter((key, n) => !isTrue(key, n)).length,
      ),
      none(`${where}: creates that the audit log calls failed`, failed.length),
    ]
  } finally {
    await cluster.close()
  }
}

/** Creates connections and deletes most of them a moment later, each at a random server. */
async function createAndDelete(work: string, count: number, random: () => number): Promise<Figure[]> {
  const cluster = await openCluster(work, count)
  try {
    const { seats, atlas } = cluster
    const any = () => at(seats, Math.floor(random() * seats.length))
    const streams = await Promise.all(seats.map((seat) => openStream(seat, [projectId])))
    for (let number = 0; number < made; number += 1) {
      const name = `vnet-${number}`
      const id = await createNow(any(), projectId, toRequest(name), `a-key-for-create-${number}`)
      await pause(random() * 300)
      if (number % 5 !== 0) await remove(any(), id, name)
      if (number % 4 === 0) atlas.simulator.advance(30)
    }
    atlas.simulator.advance(60)
    const isStored = async () => isSame(await listStored(cluster), listAtAtlas(cluster))
    const untilStored = await secondsUntil(isStored, 30)
    const untilSame = await secondsUntil(async () => {
      const stored = await listStored(cluster)
      const lists = await listEverywhere(seats, streams)
      return lists.every((ids) => isSame(ids, stored))
    }, 3)
    const stored = new Set(await listStored(cluster))
    const lists = await listEverywhere(seats, streams)
    for (const stream of streams) stream.close()
    const servers = `${count} servers, ${made} made and most deleted`
    return [
      shown(`${servers}: until the database equals Atlas`, untilStored, "s"),
      atMost(`${servers}: until every list and page equals the database, after that`, untilSame, "s", 3),
      none(`${servers}: ghosts`, lists.flatMap((ids) => ids.filter((id) => !stored.has(id))).length),
      none(
        `${servers}: missing ones`,
        lists.flatMap((ids) => [...stored].filter((id) => !ids.includes(id))).length,
      ),
    ]
  } finally {
    await cluster.close()
  }
}

const toRequest = (vnetName: string) => ({ ...azure, vnetName })

async function remove(seat: Seat, id: string, name: string): Promise<void> {
  const body = { reason: "A typing mistake", name }
  const { status, text } = await ask(seat, "DELETE", apiUrls.peering(projectId, id), { body })
  if (status !== 202) throw new Error(`the deletion was answered ${status}: ${text}`)
}

/** Reads the keys of the creates that a page called not created at some moment. */
function readNotCreated({ messages }: EventReader): string[] {
  return messages
    .flatMap((message) => (message.event === "creates" ? message.data.creates : []))
    .filter(({ state }) => state === "not-created")
    .map(({ key }) => key)
}

async function listEverywhere(seats: readonly Seat[], streams: readonly EventReader[]): Promise<string[][]> {
  const lists = await Promise.all(seats.map(async (seat) => (await list(seat, projectId)).peerings))
  return [...lists.map((peerings) => peerings.map(({ id }) => id)), ...streams.map(readPage)]
}

/** Reads the ids that a page shows after everything its stream told. */
function readPage({ messages }: EventReader): string[] {
  const ids = new Set<string>()
  for (const message of messages) {
    if (message.event === "snapshot") for (const { id } of message.data.peerings) ids.add(id)
    if (message.event === "peering") ids.add(message.data.id)
    if (message.event === "gone") ids.delete(message.data.id)
  }
  return [...ids]
}

async function listStored({ postgres }: Cluster): Promise<string[]> {
  const rows = await postgres.readRows(
    `select id from peering where project_id = '${projectId}' and gone_at is null`,
  )
  return rows.map(({ id }) => String(id))
}

function listAtAtlas({ atlas }: Cluster): string[] {
  const project = atlas.simulator.state().projects.find(({ id }) => id === projectId)
  return (project?.peers ?? []).map(({ id }) => id)
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return JSON.stringify(one.toSorted()) === JSON.stringify(other.toSorted())
}
