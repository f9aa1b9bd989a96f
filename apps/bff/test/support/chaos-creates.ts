import { seededIds, type Simulator } from "@peering-desk/atlas-simulator"
import type { PeeringRequest, ProviderName } from "@peering-desk/shared-schemas"

/** Every 25th form asks for the network of another. */
const twinEvery = 25
const projects = [seededIds.documentationProject, seededIds.payments, seededIds.analytics, seededIds.longName]

/** One form that a person sends, again and again with the same key. */
export interface Attempt {
  key: string
  projectId: string
  request: PeeringRequest
  /** The person does not ask again after an answer without an outcome: the server finds it out alone. */
  leaves: boolean
  /** The verdict refused it as a duplicate before anything was sent. */
  refusedBefore: boolean
}

/** The end of a create as the server stored it. */
export interface EndedCreate {
  state: string
  peeringId: string | null
}

/** Plans creates over all containers of some projects. No two networks are the same, but for the twins. */
export function planCreates(simulator: Simulator, count: number, isLeaving: () => boolean): Attempt[] {
  const containers = simulator
    .state()
    .projects.filter(({ id }) => projects.some((project) => project === id))
    .flatMap(({ id: projectId, containers: all }) =>
      all.map(({ id: containerId, providerName }) => ({ projectId, containerId, providerName })),
    )
  const [some] = containers
  if (some === undefined) throw new Error("there is no container")
  return Array.from({ length: count }, (_, number) => {
    const network = number % twinEvery === 1 ? number - 1 : number
    const { projectId, containerId, providerName } = containers[network % containers.length] ?? some
    return {
      key: `the-key-of-form-${number}`,
      projectId,
      request: toRequest(containerId, providerName, network),
      leaves: isLeaving(),
      refusedBefore: false,
    }
  })
}

/** Makes a right request for the network with a number below 65,536. */
export function toRequest(containerId: string, providerName: ProviderName, number: number): PeeringRequest {
  const name = `network-${String(number).padStart(5, "0")}`
  const uuid = (first: string) => `${first}-5678-4abc-8def-${String(number).padStart(12, "0")}`
  switch (providerName) {
    case "AWS":
      return {
        providerName,
        containerId,
        accepterRegionName: "us-west-2",
        awsAccountId: "482913570264",
        routeTableCidrBlock: toBlock(number),
        vpcId: `vpc-0${number.toString(16).padStart(16, "0")}`,
      }
    case "GCP":
      return { providerName, containerId, gcpProjectId: "acme-payments-prod-417203", networkName: name }
    case "AZURE":
      return {
        providerName,
        containerId,
        azureDirectoryId: uuid("35039750"),
        azureSubscriptionId: uuid("2f8a4c1e"),
        resourceGroupName: "rg-payments",
        vnetName: name,
      }
  }
}

/** Returns a block that no other number has. */
export function toBlock(number: number): string {
  return `172.${16 + (number >> 12)}.${(number >> 4) & 255}.${(number & 15) << 4}/28`
}

/** Returns a function that lists the peerings that were made since. */
export function watchMade(simulator: Simulator) {
  const listAll = () =>
    simulator.state().projects.flatMap(({ id, peers }) => peers.map((peer) => ({ projectId: id, ...peer })))
  const before = new Set(listAll().map(({ id }) => id))
  return () => listAll().filter(({ id }) => !before.has(id))
}

/** Compares what exists with what the server says of each create. All lists are empty when it says the truth. */
export function judgeCreates(
  made: ReturnType<ReturnType<typeof watchMade>>,
  ends: readonly (Attempt & { change: EndedCreate | null })[],
) {
  const networks = made.map(toNetwork)
  const idOf = new Map(made.map((peer) => [toNetwork(peer), peer.id]))
  const told = new Set(ends.map(({ change }) => change?.peeringId ?? null))
  const claimed = ends.flatMap(({ change }) => change?.peeringId ?? [])
  return {
    madeTwice: networks.filter((network, index) => networks.indexOf(network) !== index),
    lost: made.filter(({ id }) => !told.has(id)),
    // `done` names the peering that exists. Any other state means that no peering exists, or that a twin made it.
    labelledWrong: ends.filter(({ projectId, request, change }) => {
      const id = idOf.get(toNetwork({ projectId, ...request })) ?? null
      return change?.state === "done" ? change.peeringId !== id : id !== null && !told.has(id)
    }),
    claimedTwice: claimed.filter((id, index) => claimed.indexOf(id) !== index),
    forgotten: ends.filter(
      ({ change, leaves, refusedBefore }) => change === null && !leaves && !refusedBefore,
    ),
  }
}

/** Returns the two networks of a peering as one text. */
function toNetwork(peer: Record<string, unknown>): string {
  const { projectId, providerName, containerId, vpcId, networkName, vnetName } = peer
  return JSON.stringify([projectId, providerName, containerId, vpcId, networkName, vnetName])
}
