import type { Approval } from "@peering-desk/shared-schemas"
import { projectId } from "./samples.ts"

export const planHash = "0123456789abcdef".repeat(4)
export const request = {
  providerName: "AWS",
  containerId: "64b1f0a27c3d5e4f8a9b0001",
  accepterRegionName: "us-east-1",
  awsAccountId: "482913570264",
  routeTableCidrBlock: "10.50.0.0/16",
  vpcId: "vpc-0a1b2c3d4e5f60718",
} as const
export const target = { vpcId: request.vpcId, routeTableCidrBlock: "10.50.0.0/16", isAvailable: true }

/** Builds a request to create a connection, which the person can decide. */
export function makeApproval(id: string, more: Partial<Approval> = {}): Approval {
  return {
    id,
    projectId,
    providerName: "AWS",
    plan: { kind: "create", request },
    planHash,
    reason: "Orders move to Atlas",
    requestedBy: { name: "Nadia Brandt", email: "nadia@example.com", token: null },
    requestedAt: "2026-11-24T08:00:00.000Z",
    expiresAt: "2026-11-27T08:00:00.000Z",
    needs: "requester",
    state: "waiting",
    decidedBy: null,
    decidedAt: null,
    declineReason: null,
    peeringId: null,
    problem: null,
    may: { decide: true, withdraw: false },
    mayNotDecide: null,
    ...more,
  }
}
