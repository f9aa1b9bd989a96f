import {
  apiUrls,
  approvalUrls,
  ApprovalDetail,
  HeldForApproval,
  Peering,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { toBlock, toRequest } from "#bff/test/support/chaos-creates.ts"
import { ask, pause } from "#tools/lab/chaos/client.ts"
import type { Act } from "./act.ts"
import type { Labels } from "./labels.ts"
import { listContainers } from "./outsider.ts"
import type { Server } from "./server.ts"
import type { Person, World } from "./world.ts"

/** A project with its storms, one after another. */
export interface Lane {
  projectId: string
  random: () => number
  /** Requests that wait for another person, by the approval's id. */
  waiting: { id: string; act: Act }[]
}

const repeatShare = 0.2
const regions = ["US_WEST_1", "US_WEST_2", "EU_WEST_1", "EU_WEST_2", "EU_CENTRAL_1", "AP_SOUTH_1"]

export function pick<T>(random: () => number, items: readonly T[]): T | undefined {
  return items[Math.floor(random() * items.length)]
}

/** Changes that people make at random servers. */
export class PeopleActs {
  readonly #world: World
  readonly #labels: Labels
  #number = 0

  constructor(world: World, labels: Labels) {
    this.#world = world
    this.#labels = labels
  }

  /** Returns a number for a network that nobody had. */
  nextNumber(): number {
    this.#number += 1
    return this.#number
  }

  /** Asks for a connection, and sometimes sends the same form to another server. */
  async create(lane: Lane, step: number): Promise<void> {
    const providerName = pick(lane.random, ["AWS", "AWS", "GCP", "AZURE"] as const) ?? "AWS"
    const container = listContainers(this.#world.atlas, lane.projectId).find(
      (one) => one.providerName === providerName,
    )
    if (container === undefined) return
    const request = toRequest(container.id, providerName, this.nextNumber())
    const mark =
      "vpcId" in request ? request.vpcId : "vnetName" in request ? request.vnetName : request.networkName
    const act = this.#begin(lane, step, { kind: "create", providerName, mark, peeringId: null })
    const path = apiUrls.peerings(lane.projectId)
    const send = () =>
      this.#send(lane, act, "POST", path, { body: { request, reason: act.reason }, key: act.key })
    const sends = [send()]
    if (lane.random() < repeatShare) {
      await pause(lane.random() * 300)
      sends.push(send())
    }
    await Promise.all(sends)
    act.endedAt = performance.now()
  }

  /** Changes the block of a connection on AWS, or the VPC, which restarts it. */
  async edit(lane: Lane, step: number): Promise<void> {
    const peer = pick(
      lane.random,
      this.#listPeers(lane.projectId).filter((one) => one.providerName === "AWS"),
    )
    if (peer === undefined) return
    const number = this.nextNumber()
    const [mark, change] =
      lane.random() < 0.3
        ? [toVpcId(number), { vpcId: toVpcId(number) }]
        : [toBlock(number), { routeTableCidrBlock: toBlock(number) }]
    const act = this.#begin(lane, step, { kind: "edit", providerName: "AWS", mark, peeringId: peer.id })
    const path = apiUrls.peering(lane.projectId, peer.id)
    await this.#send(lane, act, "PATCH", path, { body: { change, reason: act.reason } })
    act.endedAt = performance.now()
  }

  async remove(lane: Lane, step: number): Promise<void> {
    const peer = pick(lane.random, this.#listPeers(lane.projectId))
    if (peer === undefined) return
    const { id, providerName, name } = peer
    const act = this.#begin(lane, step, { kind: "delete", providerName, mark: id, peeringId: id })
    const path = apiUrls.peering(lane.projectId, id)
    await this.#send(lane, act, "DELETE", path, { body: { name, reason: act.reason } })
    act.endedAt = performance.now()
  }

  async label(lane: Lane, step: number): Promise<void> {
    const peer = pick(lane.random, this.#listPeers(lane.projectId))
    if (peer === undefined) return
    const path = apiUrls.peeringLabel(lane.projectId, peer.id)
    await ask(this.#client(lane, "ada"), "PUT", path, { body: { label: `label ${step}` } })
  }

  async container(lane: Lane, step: number): Promise<void> {
    const number = this.nextNumber()
    const atlasCidrBlock = `10.${100 + ((number >> 8) % 64)}.${number & 255}.0/24`
    const regionName = pick(lane.random, regions)
    const there = listContainers(this.#world.atlas, lane.projectId).find(
      (one) => one.providerName === "AWS" && one.region === regionName,
    )
    if (there !== undefined) {
      const path = `${apiUrls.container(lane.projectId, there.id)}?providerName=AWS`
      await ask(this.#client(lane, "ada"), "DELETE", path, { body: { reason: `container of step ${step}` } })
      return
    }
    const mark = atlasCidrBlock
    const act = this.#begin(lane, step, { kind: "container", providerName: "AWS", mark, peeringId: null })
    const container = { providerName: "AWS", atlasCidrBlock, regionName }
    const path = apiUrls.containers(lane.projectId)
    await this.#send(lane, act, "POST", path, { body: { container, reason: act.reason } })
    act.endedAt = performance.now()
  }

  /** Two people approve a request at the same time, each at some server. */
  async approve(lane: Lane): Promise<void> {
    const next = lane.waiting.shift()
    if (next === undefined) return
    const { id, act } = next
    const detail = await ask(this.#client(lane, "ben"), "GET", approvalUrls.approval(id))
    if (detail.status !== 200) {
      lane.waiting.push(next)
      return
    }
    const { planHash } = ApprovalDetail.parse(JSON.parse(detail.text)).approval
    const press = (person: Person) =>
      ask(this.#client(lane, person), "POST", approvalUrls.approve(id), { body: { planHash } })
    act.endedAt = Number.POSITIVE_INFINITY
    await Promise.all([press("ben"), press("vera")])
    act.endedAt = performance.now()
  }

  #begin(
    { projectId }: Lane,
    step: number,
    rest: Pick<Act, "kind" | "providerName" | "mark" | "peeringId">,
  ): Act {
    const act: Act = {
      ...rest,
      step,
      projectId,
      reason: `oracle ${rest.kind} ${step}`,
      key: `the-key-of-step-${step}`,
      moment: this.#world.atlas.now(),
      answers: [],
      named: [],
      endedAt: Number.POSITIVE_INFINITY,
    }
    this.#labels.add(act)
    return act
  }

  async #send(lane: Lane, act: Act, method: string, path: string, more: { body: object; key?: string }) {
    const { status, text } = await ask(this.#client(lane, "ada"), method, path, more)
    act.answers.push(status)
    if (status === 202 && text.includes('"planHash"'))
      lane.waiting.push({ id: HeldForApproval.parse(JSON.parse(text)).approval.id, act })
    if (status === 201 && act.kind === "create") act.named.push(Peering.parse(JSON.parse(text)).id)
  }

  /** Most people use a server that answers. */
  #client({ random }: Lane, person: Person) {
    const { servers } = this.#world
    const up = servers.filter((server) => server.isUp())
    const server: Server | undefined = pick(random, up.length > 0 && random() < 0.9 ? up : servers)
    if (server === undefined) throw new Error("there is no server")
    return { desk: server.desk(), cookie: this.#world.cookieOf(person) }
  }

  #listPeers(projectId: string): { id: string; providerName: ProviderName; name: string }[] {
    const { projects } = this.#world.atlas.simulator.state()
    const peers = projects.find(({ id }) => id === projectId)?.peers ?? []
    return peers.map((peer) => {
      const { id, providerName } = peer
      const name = "vpcId" in peer ? peer.vpcId : "vnetName" in peer ? peer.vnetName : peer.networkName
      return { id, providerName, name }
    })
  }
}

const toVpcId = (number: number) => `vpc-0${number.toString(16).padStart(16, "0")}`
