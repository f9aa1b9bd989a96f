import { seededIds } from "@peering-desk/atlas-simulator"
import {
  apiUrls,
  PreflightAnswer,
  type PeeringDraft,
  type PeeringRequest,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import type { AppError } from "#base/app-error.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"

const projectId = seededIds.documentationProject
const containerId = seededIds.documentationContainer

let desk: TestApp
beforeAll(async () => {
  desk = await startTestApp()
})
beforeEach(() => {
  desk.simulator.reset()
  desk.clock.advance(61_000)
})
afterAll(() => desk.close())

const requests: Record<ProviderName, Record<string, string>> = {
  AWS: {
    containerId,
    accepterRegionName: "us-east-1",
    awsAccountId: "111122223333",
    vpcId: "vpc-0a1b2c3d4e5f60718",
    routeTableCidrBlock: "172.31.0.0/16",
  },
  GCP: { containerId, gcpProjectId: "acme-new-network-1", networkName: "fresh" },
  AZURE: {
    containerId,
    azureDirectoryId: "11111111-1111-4111-8111-111111111111",
    azureSubscriptionId: "22222222-2222-4222-8222-222222222222",
    resourceGroupName: "rg-fresh",
    vnetName: "vnet-fresh",
  },
}
const connections = {
  AWS: "aws:111122223333:vpc-0a1b2c3d4e5f60718:172.31.0.0/16",
  GCP: "gcp:acme-new-network-1:fresh",
  AZURE: "azure:22222222-2222-4222-8222-222222222222:rg-fresh:vnet-fresh",
}
const clouds = ["AWS", "GCP", "AZURE"] as const

const peering = 'ResourcePolicy::Action::"project.vpcPeering.modify"'
const forbid = (rest = "", action = `action == ${peering}`, resource = "resource") =>
  `forbid (principal, ${action}, ${resource}) ${rest};`
const onlyIn = (list: readonly string[]) =>
  `unless { [${list.map((one) => `"${one}"`).join(", ")}].containsAll(context.project.peeringConnections) }`

async function ask(providerName: ProviderName) {
  const body: PeeringDraft = { providerName, request: requests[providerName] }
  const answer = await desk.call("POST", apiUrls.preflight(projectId), { body })
  const { verdict } = PreflightAnswer.parse(answer.json())
  return verdict.checks.filter(({ id }) => id === "policies")
}

/** Sends a create past our own checks. */
async function sendRaw(providerName: ProviderName) {
  const request = { providerName, ...requests[providerName] } as PeeringRequest
  const sent = desk.services.clients.createPeer(projectId, request)
  return await sent.then(
    () => "accepted",
    (thrown: AppError) => thrown.shown.atlas?.errorCode,
  )
}

describe.each(clouds)("policies on %s", (cloud) => {
  const refused = "ATLAS_RESOURCE_POLICIES_VIOLATION_NOT_AUTHORIZED"
  const kinds: [title: string, body: string, status: "red" | "amber" | "green"][] = [
    ["against every peering", forbid(), "red"],
    [
      "against every peering in this project",
      forbid("", undefined, `resource in ResourcePolicy::Project::"${projectId}"`),
      "red",
    ],
    [
      "against every peering in another project",
      forbid("", undefined, `resource == ResourcePolicy::Project::"${seededIds.payments}"`),
      "green",
    ],
    [
      "that allows one project only, by a condition",
      forbid(`unless { resource in ResourcePolicy::Project::"${projectId}" }`),
      "green",
    ],
    ["that allows this network and another", forbid(onlyIn([connections[cloud], "gcp:x:y"])), "green"],
    ["that allows another network", forbid(onlyIn(["gcp:x:y"])), "amber"],
    [
      "against a named set of connections",
      forbid(`when { context.project.peeringConnections == ["${connections[cloud]}"] }`),
      "amber",
    ],
    [
      "against any named network",
      forbid(`when { context.project.peeringConnections.containsAny(["${connections[cloud]}", "gcp:x:y"]) }`),
      "amber",
    ],
    ["that wants no connection", forbid("unless { context.project.peeringConnections.isEmpty() }"), "amber"],
    [
      "about clouds of clusters",
      forbid(
        'when { context.cluster.cloudProviders.contains(ResourcePolicy::CloudProvider::"gcp") }',
        'action == ResourcePolicy::Action::"cluster.modify"',
      ),
      "green",
    ],
    [
      "about regions of clusters",
      forbid(
        'unless { [ResourcePolicy::Region::"aws:us-east-1"].containsAll(context.cluster.regions) }',
        'action == ResourcePolicy::Action::"cluster.modify"',
      ),
      "green",
    ],
    [
      "about public addresses",
      forbid(
        'when { context.project.ipAccessList.contains(ip("0.0.0.0/0")) }',
        'action == ResourcePolicy::Action::"project.ipAccessList.modify"',
      ),
      "green",
    ],
    [
      "about a maintenance window",
      forbid(
        "when { context.project.hasDefinedMaintenanceWindow == false }",
        'action == ResourcePolicy::Action::"project.maintenanceWindow.modify"',
      ),
      "green",
    ],
    [
      "about private endpoints",
      forbid(
        'when { context.project.privateEndpoints == ["aws:vpce-1"] }',
        'action == ResourcePolicy::Action::"project.privateEndpoint.modify"',
      ),
      "green",
    ],
    [
      "about several actions",
      forbid("", `action in [${peering}, ResourcePolicy::Action::"cluster.modify"]`),
      "red",
    ],
  ]

  test.each(kinds)("the verdict and Atlas agree on a policy %s", async (_title, body, status) => {
    const policy = { name: "Networks", bodies: [body] }
    desk.simulator.setPolicies([policy])
    expect((await ask(cloud)).map((check) => check.status)).toEqual([status])
    const outcomes: unknown[] = []
    for (const reading of ["before", "after"] as const) {
      desk.simulator.reset()
      desk.simulator.setPolicies([policy], reading)
      outcomes.push(await sendRaw(cloud))
    }
    const expected = {
      red: [refused, refused],
      amber: ["accepted", refused],
      green: ["accepted", "accepted"],
    }
    expect(outcomes).toEqual(expected[status])
  })
})
