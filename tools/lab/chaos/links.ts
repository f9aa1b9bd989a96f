import { judgeCreates, planCreates, watchMade } from "#bff/test/support/chaos-creates.ts"
import { drawByMethod, drawFault, openFaultProxy } from "#bff/test/support/fault-proxy.ts"
import { deskClient, toRedirectUris } from "#tools/lab/desk.ts"
import { createDemoIdentityProvider } from "@peering-desk/demo-identity-provider"
import { apiUrls } from "@peering-desk/shared-schemas"
import { findFreePort } from "@peering-desk/test-support/programs"
import { at, ask, create, list, openStream, pause, secondsUntil } from "./client.ts"
import type { Task } from "#tools/lab/area.ts"
import { atMost, holds, none, shown, type Figure } from "#tools/lab/figure.ts"
import { openPostgres, projectId, readEnds, startAtlas, startServers } from "./world.ts"

const signInShare = 0.05

/** Two servers, and random faults on all their ways at once: to Atlas, to PostgreSQL and to the identity provider. */
export async function breakLinks(task: Task): Promise<Figure[]> {
  const { keep, random, minutes, note } = task
  const [atlas, postgres] = [keep(await startAtlas()), keep(await openPostgres())]
  let isBroken = false
  const atlasProxy = await openFaultProxy({
    target: atlas.origin,
    draw: drawByMethod(() => (isBroken ? random() : 1), {
      POST: { "cut-request": 0.1, "cut-answer": 0.1, reset: 0.1, latency: 0.1, drip: 0.1, "half-open": 0.02 },
      GET: {
        "cut-request": 0.05,
        "cut-answer": 0.05,
        reset: 0.05,
        latency: 0.1,
        drip: 0.05,
        "half-open": 0.01,
      },
    }),
  })
  const databaseProxy = await openFaultProxy({
    target: { path: postgres.socket },
    draw: () => (isBroken ? drawFault(random, { "cut-request": 0.002, reset: 0.002, latency: 0.005 }) : null),
  })
  const providerPort = await findFreePort()
  const providerProxy = await openFaultProxy({
    target: `http://127.0.0.1:${providerPort}`,
    draw: () =>
      isBroken ? drawFault(random, { "cut-answer": 0.1, reset: 0.1, latency: 0.2, drip: 0.1 }) : null,
  })
  const proxies = [atlasProxy, databaseProxy, providerProxy].map(keep)
  const ports = [await findFreePort(), await findFreePort()]
  const provider = createDemoIdentityProvider({
    client: { ...deskClient, redirectUris: toRedirectUris(ports) },
  })
  const { issuer } = await keep(provider).listen({ port: providerPort, issuer: providerProxy.origin })
  const clients = await startServers(
    task,
    ports,
    { key: atlas.key, origin: atlasProxy.origin },
    {
      DATABASE_URL: `postgres://desk@127.0.0.1:${databaseProxy.port}/${postgres.database}`,
      OIDC_ISSUER: issuer,
    },
  )
  const listMade = watchMade(atlas.simulator)
  const asked = planCreates(atlas.simulator, Math.ceil(minutes * 200), () => true)
  const stream = await openStream(at(clients, 0), [projectId])
  isBroken = true
  note(`faults for ${minutes} min`)
  const until = performance.now() + minutes * 60_000
  const statuses = new Map<number, number>()
  const queue = [...asked]
  let [signIns, refusedSignIns] = [0, 0]
  const any = () => at(clients, Math.floor(random() * clients.length))
  const work = async () => {
    while (performance.now() < until) {
      if (random() < signInShare) {
        signIns += 1
        await any()
          .desk.signIn()
          .catch(() => (refusedSignIns += 1))
      }
      const next = queue.shift()
      const answer =
        next === undefined
          ? await ask(any(), "GET", apiUrls.peerings(projectId))
          : await create(any(), next.projectId, next.request, next.key)
      if (next !== undefined) next.refusedBefore = answer.text.includes("preflight_refused")
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
      await pause(random() * 500)
    }
  }
  await Promise.all(Array.from({ length: 8 }, work))
  isBroken = false
  // What a fault holds open is given up, as after a restart of the network.
  for (const proxy of proxies) proxy.setOutage(null)
  note("all is well again")
  const settled = await secondsUntil(
    async () =>
      (await postgres.readRows("select 1 from change where state in ('ready', 'sent', 'unknown')")).length ===
      0,
    120,
    250,
  )
  const stored = await readEnds(postgres)
  const ends = asked.map((one) => ({ ...one, change: stored.get(`${one.projectId} ${one.key}`) ?? null }))
  const found = judgeCreates(listMade(), ends)
  const answered = [...statuses].reduce((sum, [status, count]) => (status === 0 ? sum : sum + count), 0)
  const isCurrent = async () => {
    const real = atlas.simulator.state().projects.find(({ id }) => id === projectId)?.peers.length
    const lists = await Promise.all(clients.map((client) => list(client, projectId)))
    return lists.every(
      ({ peerings, watches }) => peerings.length === real && watches.every(({ problem }) => problem === null),
    )
  }
  const current = await secondsUntil(isCurrent, 60, 250)
  const signedIn = await Promise.all(
    clients.map(({ desk }) =>
      desk.signIn().then(
        () => true,
        () => false,
      ),
    ),
  )
  stream.close()
  return [
    shown("requests answered", answered),
    shown(
      "of them with 5xx, which say what is wrong",
      countStatuses(statuses, (status) => status >= 500),
    ),
    none("of them with 500, which does not", statuses.get(500) ?? 0),
    none("requests without an answer", statuses.get(0) ?? 0),
    shown("sign-ins tried", signIns),
    shown("of them refused", refusedSignIns),
    shown("connections made", listMade().length),
    none("networks that were connected twice", found.madeTwice.length),
    none("connections that no create names", found.lost.length),
    none("connections that two creates name", found.claimedTwice.length),
    none("creates with a wrong label", found.labelledWrong.length),
    atMost("until all creates are settled, after the faults", settled, "s", 60),
    atMost("until both servers show Atlas's state, after that", current, "s", 10),
    holds("both servers sign people in", signedIn.every(Boolean)),
  ]
}

function countStatuses(
  statuses: ReadonlyMap<number, number>,
  isCounted: (status: number) => boolean,
): number {
  return [...statuses].reduce((sum, [status, count]) => (isCounted(status) ? sum + count : sum), 0)
}
