import { seededIds } from "@peering-desk/atlas-simulator"
import { Problem, problemMediaType } from "@peering-desk/shared-schemas"
import { expect } from "vitest"
import type { Answer } from "./http.ts"

/** The project of Atlas's documentation: one container of each cloud, no connection. */
export const projectId: string = seededIds.documentationProject
const containerId = seededIds.documentationContainer

/** A right request for each cloud. */
export const requests = {
  AWS: {
    providerName: "AWS",
    containerId,
    // Not the container's own region, which Atlas answers with null.
    accepterRegionName: "us-west-2",
    awsAccountId: "482913570264",
    routeTableCidrBlock: "10.50.0.0/16",
    vpcId: "vpc-0a1b2c3d4e5f60718",
  },
  GCP: {
    providerName: "GCP",
    containerId,
    gcpProjectId: "acme-payments-prod-417203",
    networkName: "payments-vpc",
  },
  AZURE: {
    providerName: "AZURE",
    containerId,
    azureDirectoryId: "35039750-6ebd-4ad5-bcfe-cb4e5fc2d915",
    azureSubscriptionId: "2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42",
    resourceGroupName: "rg-payments-network",
    vnetName: "vnet-payments",
  },
} as const

/** Reads an error answer, and checks what every one of them promises. */
export function readProblem(answer: Answer): Problem {
  const problem = Problem.parse(answer.json())
  expect(problem.type).toBe(`urn:peering-desk:problem:${problem.code}`)
  expect(answer.status).toBe(problem.status)
  expect(answer.headers["content-type"]).toBe(`${problemMediaType}; charset=utf-8`)
  expect(answer.headers["cache-control"]).toBe("no-store")
  expect(problem.requestId).toMatch(/^[0-9a-f-]{36}$/)
  expect(answer.headers["x-request-id"]).toBe(problem.requestId)
  expect(answer.text).not.toMatch(/node_modules|\.[jt]s:|file:|\/tmp\/|\\n\s+at /)
  return problem
}

/** Status and code of an error answer, as in `404 not_found`. */
export function readVerdict(answer: Answer): string {
  const { status, code } = readProblem(answer)
  return `${status} ${code}`
}
