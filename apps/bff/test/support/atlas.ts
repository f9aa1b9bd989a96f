import type { PeeringRequest } from "@peering-desk/shared-schemas"
import { AppError } from "#base/app-error.ts"
import { createLogger } from "#base/logger.ts"
import { createAtlasClient, type AtlasKeyClient } from "#atlas/atlas-client.ts"
import { testingKey } from "./digest-server.ts"

export const projectId = "5356823b3794dee37132bb7b"
export const peerId = "1a2b3c4d5e6f1a2b3c4d5e6f"

export const awsRequest: PeeringRequest = {
  providerName: "AWS",
  containerId: "507f1f77bcf86cd799439011",
  accepterRegionName: "us-west-1",
  awsAccountId: "999900000000",
  routeTableCidrBlock: "10.15.0.0/16",
  vpcId: "vpc-078ac381aa90e1e63",
}

export const gcpRequest: PeeringRequest = {
  providerName: "GCP",
  containerId: "507f1f77bcf86cd799439011",
  gcpProjectId: "my-sample-project-191923",
  networkName: "default",
}

export const azureRequest: PeeringRequest = {
  providerName: "AZURE",
  containerId: "507f1f77bcf86cd799439011",
  azureDirectoryId: "6ee97cd7-55c3-432d-9cb1-3638900a9d22",
  azureSubscriptionId: "0a1b2c3d-55c3-432d-9cb1-3638900a9d22",
  resourceGroupName: "Net-Group",
  vnetName: "main",
}

/** A client that logs everything it can into `lines`. */
export function createLoggedClient(
  origin: string,
  overrides: Partial<Parameters<typeof createAtlasClient>[0]> = {},
): { client: AtlasKeyClient; lines: string[] } {
  const lines: string[] = []
  const logger = createLogger("trace", { write: (line: string) => void lines.push(line) })
  const client = createAtlasClient({
    baseUrl: origin,
    apiVersion: "v1.0",
    credential: testingKey,
    logger,
    ...overrides,
  })
  return { client, lines }
}

/** The problem a call ends in; throws when it succeeds or fails with anything else. */
export async function problemOf(call: Promise<unknown>): Promise<AppError> {
  const outcome: unknown = await call.then(
    () => "no failure",
    (error: unknown) => error,
  )
  if (outcome instanceof AppError) return outcome
  throw new Error("expected an AppError", { cause: outcome })
}
