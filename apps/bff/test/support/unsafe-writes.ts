import { randomUUID } from "node:crypto"
import { seededIds } from "@peering-desk/atlas-simulator"
import {
  apiUrls,
  approvalUrls,
  ChangedNotificationRoute,
  Delivery,
  HeldForApproval,
  idempotencyKeyHeader,
} from "@peering-desk/shared-schemas"
import { createToken } from "./api-tokens.ts"
import { cloudWrites } from "./cloud-writes.ts"
import { linkWrites, pathOfPeering, type Write } from "./link-writes.ts"
import { projectId, requests } from "./requests.ts"
import { passRemoval } from "./changes.ts"
import type { TestApp } from "./test-app.ts"

const reason = "Orders move to Atlas"
const preset = { name: "orders", draft: { providerName: "AWS", request: {} } }
const failedVpc = "vpc-7b64b41e"
const at = (path: string) => () => Promise.resolve(path)

/** Filled in by the path, since the request for approval is made there. */
const ofApproval: { planHash?: string } = {}

let vpcCount = 0

/** Returns a network that no other request names. */
function nextVpc() {
  vpcCount += 1
  return {
    vpcId: `vpc-${String(vpcCount).padStart(17, "0")}`,
    routeTableCidrBlock: `10.23${vpcCount}.0.0/16`,
  }
}

/** Asks for a connection that another person has to approve, from now on. */
async function askForApproval({ services, simulator, signIn, call }: TestApp, persona: string) {
  const inProject = seededIds.payments
  services.approvalPolicy.replace({
    lines: [{ projects: [inProject], needs: "requester" }],
    expireAfterHours: 24,
  })
  const project = simulator.state().projects.find(({ id }) => id === inProject)
  const container = project?.containers.find(({ providerName }) => providerName === "AWS")
  const answer = await call("POST", apiUrls.peerings(inProject), {
    headers: { cookie: await signIn(persona), [idempotencyKeyHeader]: randomUUID() },
    body: { reason, request: { ...requests.AWS, ...nextVpc(), containerId: container?.id } },
  })
  const { approval } = HeldForApproval.parse(answer.json())
  ofApproval.planHash = approval.planHash
  return approval.id
}

const routesPath = "/api/notifications/routes"
const webhook = {
  name: "orders",
  channel: "webhook",
  projects: "*",
  clouds: ["AWS"],
  events: ["failed"],
  url: "https://hooks.example.com/orders",
}

/** Adds a route for notifications and returns its id. */
async function addRoute(desk: TestApp): Promise<string> {
  const answer = await desk.call("POST", routesPath, { body: { ...webhook, name: randomUUID() } })
  return ChangedNotificationRoute.parse(answer.json()).route.id
}

/** Every route with an unsafe method. A value of `exempt` says what else proves where the request comes from. */
export const writes: Record<string, Write | { exempt: string }> = {
  "POST /sign-in/back-channel-logout": { exempt: "the signature of the identity provider's token" },
  "POST /sign-out": { path: at("/sign-out"), status: 200 },
  "DELETE /api/sessions/:sessionId": {
    async path({ services, signIn }) {
      await signIn("victor")
      const found = await services.sessions.listSessions()
      return apiUrls.oneSession(found.find(({ user }) => user?.subject === "victor")?.id ?? "")
    },
    status: 204,
  },
  "POST /api/tokens": {
    path: at(apiUrls.apiTokens()),
    body: { name: "script", projects: "*", role: "viewer" },
    status: 201,
  },
  "DELETE /api/tokens/:tokenId": {
    path: async (desk) => apiUrls.apiToken((await createToken(desk, desk.cookie)).token.id),
    status: 204,
  },
  "POST /api/keys/test": { path: at("/api/keys/test"), status: 200 },
  // This installation has an API key, whose replaced secret is not tested.
  "POST /api/keys/test-new-secrets": { path: at("/api/keys/test-new-secrets"), status: 200, changes: false },
  "POST /api/audit/keys": { path: at(apiUrls.auditKeys()), status: 200 },
  // The log has no flaw, which is said after everything that this test is about.
  "POST /api/audit/flaws/acknowledge": {
    path: at("/api/audit/flaws/acknowledge"),
    body: { flaws: [1], reason },
    status: 400,
    changes: false,
  },
  "POST /api/projects/:projectId/peerings": {
    path: at(apiUrls.peerings(projectId)),
    body: { reason: "Orders move", request: requests.AWS },
    headers: { [idempotencyKeyHeader]: "a-key-for-every-write" },
    status: 201,
  },
  "POST /api/projects/:projectId/preflight": {
    path: at(apiUrls.preflight(projectId)),
    body: { providerName: "AWS", request: {} },
    status: 200,
    changes: false,
  },
  "POST /api/projects/:projectId/containers": {
    path: at(apiUrls.containers(seededIds.analytics)),
    body: {
      container: { providerName: "AWS", atlasCidrBlock: "10.80.0.0/21", regionName: "US_WEST_2" },
      reason,
    },
    status: 201,
  },
  "DELETE /api/projects/:projectId/containers/:containerId": {
    async path({ call, simulator }) {
      const container = { providerName: "AWS", atlasCidrBlock: "10.90.0.0/21", regionName: "EU_WEST_1" }
      const made = await call("POST", apiUrls.containers(seededIds.emptySandbox), {
        body: { container, reason },
      })
      // Atlas takes away no container that it has only just made.
      simulator.advance(24 * 3600)
      return apiUrls.container(seededIds.emptySandbox, (made.json() as { id: string }).id, {
        providerName: "AWS",
      })
    },
    body: { reason },
    status: 204,
  },
  "POST /api/projects/:projectId/presets": {
    path: at(apiUrls.presets(projectId)),
    body: preset,
    status: 200,
  },
  "DELETE /api/projects/:projectId/presets/:presetId": {
    async path({ call }) {
      const kept = await call("POST", apiUrls.presets(projectId), {
        body: { ...preset, name: "to be deleted" },
      })
      return apiUrls.preset(projectId, (kept.json() as { id: string }).id)
    },
    status: 204,
  },
  "POST /api/saved-views": {
    path: at(apiUrls.savedViews()),
    body: { name: "Failed", query: "status=failed" },
    status: 200,
  },
  "DELETE /api/saved-views/:viewId": {
    async path({ call }) {
      const body = { name: "to be deleted", query: "" }
      const saved = await call("POST", apiUrls.savedViews(), { body })
      return apiUrls.savedView((saved.json() as { id: string }).id)
    },
    status: 204,
  },
  "PATCH /api/projects/:projectId/private-ip-mode": {
    path: at(apiUrls.privateIpMode(seededIds.peeringOnly)),
    body: { enabled: false, reason },
    status: 200,
  },
  "PATCH /api/projects/:projectId/custom-dns": {
    path: at(apiUrls.customDns(seededIds.peeringOnly)),
    body: { enabled: true, reason },
    status: 200,
  },
  "PATCH /api/projects/:projectId/peerings/:peeringId": {
    path: async (desk) => pathOfPeering(desk),
    body: { change: { routeTableCidrBlock: "10.61.0.0/16" }, reason },
    status: 200,
  },
  "DELETE /api/projects/:projectId/peerings/:peeringId": {
    path: async (desk) => pathOfPeering(desk),
    body: { name: "vpc-05c1d9e87b3a2f406", reason },
    status: 202,
  },
  "POST /api/projects/:projectId/peerings/:peeringId/request-again": {
    async path(desk) {
      const project = desk.simulator.state().projects.find(({ id }) => id === seededIds.payments)
      const failed = project?.peers.find((peer) => "vpcId" in peer && peer.vpcId === failedVpc)
      return apiUrls.requestAgain(seededIds.payments, failed?.id ?? "")
    },
    body: { name: failedVpc, reason },
    headers: { [idempotencyKeyHeader]: "a-key-for-requesting-again" },
    status: 201,
    meanwhile: passRemoval,
  },
  "PUT /api/projects/:projectId/peerings/:peeringId/label": {
    path: async (desk) => `${pathOfPeering(desk)}/label`,
    body: { label: "orders" },
    status: 200,
  },
  "PUT /api/projects/:projectId/peerings/:peeringId/steps/:stepId": {
    path: async (desk) => `${pathOfPeering(desk)}/steps/routes`,
    body: { done: true },
    status: 200,
  },
  "POST /api/projects/:projectId/peerings/:peeringId/poll": {
    path: async (desk) => {
      // A poll younger than 3 s is not repeated.
      desk.clock.advance(3_000)
      return `${pathOfPeering(desk, seededIds.analytics)}/poll`
    },
    status: 200,
  },
  // Nothing waits, so the honest one only looks.
  "POST /api/projects/:projectId/peerings/:peeringId/facts/accept": {
    path: async (desk) => `${pathOfPeering(desk)}/facts/accept`,
    status: 200,
    changes: false,
  },
  // Without a connected account, the honest one only looks.
  "POST /api/projects/:projectId/peerings/:peeringId/facts/read": {
    path: async (desk) => `${pathOfPeering(desk)}/facts/read`,
    status: 200,
    changes: false,
  },
  ...cloudWrites,
  ...linkWrites,
  "POST /api/projects/:projectId/access-list": {
    path: at(apiUrls.accessList(projectId)),
    body: { entry: { cidrBlock: "10.50.0.0/16", comment: "orders" }, reason },
    status: 201,
  },
  "POST /api/projects/:projectId/policy-checks": {
    path: at(`/api/projects/${projectId}/policy-checks`),
    body: { kind: "access-list-add", entry: "10.50.0.0/16" },
    status: 200,
    changes: false,
  },
  "POST /api/projects/:projectId/managed-by": {
    path: at(apiUrls.managedBy(projectId)),
    body: { key: "abcdefgh", name: "terraform-prod" },
    status: 200,
  },
  "DELETE /api/projects/:projectId/managed-by/:managedKey": {
    async path({ call }) {
      await call("POST", apiUrls.managedBy(projectId), { body: { key: "abcdefgi", name: "terraform-test" } })
      return apiUrls.managedKey(projectId, "abcdefgi")
    },
    status: 204,
  },
  // Nobody else manages the connection, which is said after everything that this test is about.
  "POST /api/projects/:projectId/peerings/:peeringId/override": {
    path: async (desk) => `${pathOfPeering(desk)}/override`,
    body: { reason },
    status: 422,
    changes: false,
  },
  "POST /api/approval-policy/test": {
    path: at(approvalUrls.testApprovalPolicy()),
    body: { projectId, providerName: "AWS", action: "create", asker: "requester" },
    status: 200,
    changes: false,
  },
  "POST /api/approvals/:approvalId/approve": {
    path: async (desk) => approvalUrls.approve(await askForApproval(desk, "nadia")),
    body: ofApproval,
    status: 200,
  },
  "POST /api/approvals/:approvalId/decline": {
    path: async (desk) => approvalUrls.declineApproval(await askForApproval(desk, "nadia")),
    body: { reason },
    status: 200,
  },
  "POST /api/approvals/:approvalId/withdraw": {
    path: async (desk) => approvalUrls.withdrawApproval(await askForApproval(desk, "olivia")),
    status: 200,
  },
  "POST /api/notifications/routes": { path: at(routesPath), body: webhook, status: 201 },
  "PATCH /api/notifications/routes/:routeId": {
    path: async (desk) => `${routesPath}/${await addRoute(desk)}`,
    body: { on: false },
    status: 200,
  },
  "DELETE /api/notifications/routes/:routeId": {
    path: async (desk) => `${routesPath}/${await addRoute(desk)}`,
    status: 204,
  },
  "POST /api/notifications/routes/:routeId/test": {
    path: async (desk) => `${routesPath}/${await addRoute(desk)}/test`,
    status: 200,
  },
  "POST /api/notifications/deliveries/:deliveryId/send-again": {
    async path(desk) {
      const test = await desk.call("POST", `${routesPath}/${await addRoute(desk)}/test`)
      return `/api/notifications/deliveries/${Delivery.parse(test.json()).id}/send-again`
    },
    status: 200,
  },
  "POST /api/inbox/read": { path: at("/api/inbox/read"), body: { upTo: 1 }, status: 200 },
  "PUT /api/inbox/mail": { path: at("/api/inbox/mail"), body: { events: ["failed"] }, status: 200 },
}
