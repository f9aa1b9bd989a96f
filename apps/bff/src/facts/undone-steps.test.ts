import { seededIds } from "@peering-desk/atlas-simulator"
import {
  Activity,
  apiUrls,
  AuditPage,
  ContainerList,
  Inbox,
  MadeHandOff,
  Peering,
  Timeline,
} from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, expect, test } from "vitest"
import { printLookUp, printRouteTable } from "#test/support/look-up.ts"
import { projectId, requests } from "#test/support/requests.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"

const minuteMs = 60_000
let desk: TestApp
let id: string
let route: { DestinationCidrBlock: string; VpcPeeringConnectionId: string }
beforeEach(async () => {
  desk = await startTestApp()
  id = Peering.parse((await desk.create(projectId, requests.AWS)).json()).id
  pass()
  await readPeering()
  desk.simulator.cloudSide(id, "accept")
  pass()
  const { peer } = await readPeering()
  const { containers } = ContainerList.parse((await desk.call("GET", apiUrls.containers(projectId))).json())
  const container = containers.find((one) => one.id === seededIds.documentationContainer)
  route = {
    DestinationCidrBlock: container?.atlasCidrBlock ?? "",
    VpcPeeringConnectionId: (peer.providerName === "AWS" && peer.connectionId) || "",
  }
})
afterEach(() => desk.close())

function pass(ms = minuteMs): void {
  desk.simulator.advance(ms / 1_000)
  desk.clock.advance(ms)
}
const readPeering = async () => Peering.parse((await desk.call("GET", apiUrls.peering(projectId, id))).json())

const print = (isRouted: boolean, ageMs = 0) =>
  printLookUp(desk.clock.now() - ageMs, {
    more: {
      "route-tables": { RouteTables: [printRouteTable(requests.AWS.vpcId, isRouted ? route : null)] },
      subnets: { Subnets: [{ SubnetId: "subnet-1", VpcId: requests.AWS.vpcId, CidrBlock: "10.50.1.0/24" }] },
    },
  })

async function paste(isRouted: boolean, ageMs = 0): Promise<void> {
  pass()
  const answer = await desk.call("POST", apiUrls.peeringFacts(projectId, id), {
    body: { text: print(isRouted, ageMs) },
  })
  expect(answer.status).toBe(200)
}

/** Custom DNS is enabled meanwhile. */
async function enableCustomDns(): Promise<void> {
  const body = { enabled: true, reason: "Own DNS servers" }
  expect((await desk.call("PATCH", apiUrls.customDns(projectId), { body })).status).toBe(200)
}

async function listUndone() {
  const page = await desk.call("GET", apiUrls.audit({ action: "step-undone", limit: "200" }))
  return AuditPage.parse(page.json()).rows
}

test("a paste that breaks a stop which was proven before is one event, in the audit log, inbox, activity and timeline", async () => {
  await paste(true)
  await paste(true)
  expect(await listUndone()).toEqual([])
  await paste(false)
  const [event, ...others] = await listUndone()
  expect(others).toEqual([])
  const { DestinationCidrBlock: cidr } = route
  expect(event).toMatchObject({
    actor: null,
    projectId,
    peeringId: id,
    providerName: "AWS",
    detail: { name: requests.AWS.vpcId, step: "route", why: expect.stringContaining(`no route for ${cidr}`) },
  })
  const { entries } = Inbox.parse((await desk.call("GET", apiUrls.inbox())).json())
  const says = expect.stringMatching(/^A step of vpc-0a1b2c3d4e5f60718 is undone: rtb-0a17 has no route for /)
  expect(entries[0]).toMatchObject({ kind: "step-undone", projectId, peeringId: id, says })
  const activity = Activity.parse((await desk.call("GET", apiUrls.activity())).json()).entries
  expect(activity.slice(0, 2).map(({ what, actorName }) => [what, actorName])).toEqual([
    ["step-undone", null],
    ["facts-pasted", "Olivia Marsh"],
  ])
  const { acts } = Timeline.parse((await desk.call("GET", apiUrls.timeline(projectId, id))).json())
  expect(acts.map(({ action }) => action)).toContain("step-undone")
  await paste(false)
  expect(await listUndone()).toHaveLength(1)
})

test("a stop that is broken at the first paste, and right at the next one, is not undone", async () => {
  await paste(false)
  expect(await listUndone()).toEqual([])
  await paste(true)
  expect(await listUndone()).toEqual([])
})

test("a stop that was proven when somebody last pasted is undone also when that proves nothing any more", async () => {
  await paste(true, 24 * 60 * minuteMs - 5 * minuteMs)
  pass(10 * minuteMs)
  await paste(false)
  expect(await listUndone()).toHaveLength(1)
})

test("a paste by a share link's holder undoes a step once somebody signed in accepts it", async () => {
  await paste(true)
  const body = { expiresInHours: 24, for: "Ana, network team" }
  const made = await desk.call("POST", apiUrls.handOffs(projectId, id), { body })
  const { token } = MadeHandOff.parse(made.json())
  pass()
  const headers = { cookie: undefined, authorization: `Bearer ${token}` }
  const pasted = await desk.call("POST", apiUrls.pasteHandOffFacts(), {
    headers,
    body: { text: print(false) },
  })
  expect(pasted.status).toBe(200)
  expect(await listUndone()).toEqual([])
  await desk.call("POST", apiUrls.acceptFacts(projectId, id))
  expect(await listUndone()).toHaveLength(1)
})

test("a paste undoes a step by the CIDR of the container of the connection's own cloud, whose id another cloud's has too", async () => {
  const { gcpProjectId, networkName } = requests.GCP
  const network = `https://www.googleapis.com/compute/v1/projects/${gcpProjectId}/global/networks/${networkName}`
  const { containers } = ContainerList.parse((await desk.call("GET", apiUrls.containers(projectId))).json())
  const own = containers.find((one) => one.providerName === "GCP")
  const created = await desk.create(projectId, requests.GCP, "a-key-of-a-form-GCP")
  const url = apiUrls.peeringFacts(projectId, Peering.parse(created.json()).id)
  for (const destination of ["203.0.113.0/24", own?.atlasCidrBlock]) {
    pass()
    const rule = {
      name: "deny",
      network,
      direction: "EGRESS",
      priority: 1000,
      denied: [{ IPProtocol: "all" }],
    }
    const text = JSON.stringify([{ ...rule, destinationRanges: [destination] }])
    expect((await desk.call("POST", url, { body: { text } })).status).toBe(200)
  }
  expect((await listUndone()).map(({ detail }) => detail)).toMatchObject([{ step: "firewall" }])
})

test.each([
  ["is undone when DNS is switched off", false, 1],
  ["is not undone where custom DNS resolves the private names", true, 0],
])("the DNS step %s", async (_, isCustom, count) => {
  if (isCustom) await enableCustomDns()
  const pasteDns = async (value: boolean) => {
    pass()
    const { vpcId: VpcId } = requests.AWS
    const more = {
      "dns-support": { VpcId, EnableDnsSupport: { Value: true } },
      "dns-hostnames": { VpcId, EnableDnsHostnames: { Value: value } },
    }
    const body = { text: printLookUp(desk.clock.now(), { more }) }
    expect((await desk.call("POST", apiUrls.peeringFacts(projectId, id), { body })).status).toBe(200)
  }
  await pasteDns(true)
  await pasteDns(false)
  expect(await listUndone()).toHaveLength(count)
})
