import { seededIds } from "@peering-desk/atlas-simulator"
import { apiUrls, type MadeHandOff } from "@peering-desk/shared-schemas"
import { printLookUp } from "./look-up.ts"
import type { TestApp } from "./test-app.ts"

export function pathOfPeering({ simulator }: TestApp, inProject: string = seededIds.payments): string {
  const project = simulator.state().projects.find(({ id }) => id === inProject)
  return apiUrls.peering(inProject, project?.peers[0]?.id ?? "")
}

async function handOut(desk: TestApp): Promise<MadeHandOff> {
  const body = { expiresInHours: 1 }
  return (await desk.call("POST", `${pathOfPeering(desk)}/hand-offs`, { body })).json() as MadeHandOff
}

function byLink(url: string) {
  return async (desk: TestApp) => {
    ofLink["authorization"] = `Bearer ${(await handOut(desk)).token}`
    return url
  }
}

async function decline(desk: TestApp): Promise<void> {
  await byLink("")(desk)
  const headers = { ...ofLink, cookie: undefined }
  await desk.call("POST", apiUrls.declineHandOff(), { headers, body: { reason: "Not our network" } })
}

/** Filled in by the path, since the link is made there. */
const ofLink: Record<string, string> = {}

/** Filled in by the path, with the network of its connection. */
const ofLookUp: { text?: string } = {}

function printOwn({ simulator }: TestApp): void {
  const peer = simulator.state().projects.find(({ id }) => id === seededIds.payments)?.peers[0]
  if (peer === undefined || !("vpcId" in peer)) throw new Error("The first connection is not one of AWS")
  ofLookUp.text = printLookUp(0, { account: peer.awsAccountId, vpc: peer.vpcId })
}

/** One request a route, that does its work when it comes from our own pages. */
export interface Write {
  path: (desk: TestApp) => Promise<string>
  body?: unknown
  headers?: Record<string, string>
  /** The answer to the honest request. */
  status: number
  /** False when even the honest one only looks. */
  changes?: false
  /** What happens while the honest one waits. */
  meanwhile?: (desk: TestApp) => Promise<void>
}

/** The routes with an unsafe method around share links and what their holders do and paste. */
export const linkWrites: Record<string, Write> = {
  "POST /api/projects/:projectId/peerings/:peeringId/hand-offs": {
    path: async (desk) => `${pathOfPeering(desk)}/hand-offs`,
    body: { expiresInHours: 1 },
    status: 201,
  },
  "DELETE /api/projects/:projectId/peerings/:peeringId/hand-offs/:handOffId": {
    path: async (desk) => `${pathOfPeering(desk)}/hand-offs/${(await handOut(desk)).handOff.id}`,
    status: 204,
  },
  "POST /api/hand-off/done": {
    path: byLink(apiUrls.reportHandOffDone()),
    headers: ofLink,
    body: {},
    status: 200,
  },
  "POST /api/hand-off/decline": {
    path: byLink(apiUrls.declineHandOff()),
    headers: ofLink,
    body: { reason: "Not our network" },
    status: 200,
  },
  "POST /api/hand-off/take-back": {
    async path(desk) {
      await decline(desk)
      return apiUrls.takeBackDecline()
    },
    headers: ofLink,
    body: {},
    status: 200,
  },
  "POST /api/projects/:projectId/peerings/:peeringId/answer": {
    async path(desk) {
      await decline(desk)
      return `${pathOfPeering(desk)}/answer`
    },
    body: { answer: "Which VPC is it?" },
    status: 204,
  },
  "POST /api/hand-off/facts": {
    async path(desk) {
      ofLink["authorization"] = `Bearer ${(await handOut(desk)).token}`
      printOwn(desk)
      return apiUrls.pasteHandOffFacts()
    },
    headers: ofLink,
    body: ofLookUp,
    status: 200,
  },
  "POST /api/projects/:projectId/peerings/:peeringId/facts": {
    async path(desk) {
      printOwn(desk)
      return `${pathOfPeering(desk)}/facts`
    },
    body: ofLookUp,
    status: 200,
  },
}
