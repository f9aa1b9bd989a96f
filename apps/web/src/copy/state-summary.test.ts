import { readAtlasPeer, type AtlasPeer, type ProviderName } from "@peering-desk/shared-schemas"
import { describe, expect, test } from "vitest"
import {
  formatExpiry,
  formatTimeLeft,
  formatUsual,
  summariseState,
  type StateFacts,
} from "./state-summary.ts"

const now = Date.parse("2026-11-25T15:00:00.000Z")
const at = (hours: number) => new Date(now + hours * 3_600_000).toISOString()
const expiry = (hours: number, isExact = true) => ({ earliest: at(hours), latest: at(hours + 90), isExact })

function peer(providerName: ProviderName, fields: Record<string, unknown>): AtlasPeer {
  const own = {
    awsAccountId: "719304826155",
    routeTableCidrBlock: "192.168.216.0/21",
    gcpProjectId: "acme-data",
    vnetName: "vnet-crm",
  }
  return readAtlasPeer({ id: "6afdea77c1e9a04b52d7f316", ...own, ...fields }, providerName)!
}
const failed = (fields: Record<string, unknown>) => peer("AWS", { statusName: "FAILED", ...fields })

describe("A state in a list", () => {
  test.each<[AtlasPeer, StateFacts, title: string, below: string | null]>([
    [peer("AWS", { statusName: "INITIATING" }), { usualMs: 60_000 }, "Requesting in AWS", "usually 1 min"],
    [peer("AWS", { statusName: "PENDING_ACCEPTANCE" }), { expiry: expiry(2) }, "Accept in AWS", "2 h left"],
    [
      peer("AWS", { statusName: "PENDING_ACCEPTANCE" }),
      { expiry: expiry(3, false) },
      "Accept in AWS",
      "≥ 3 h left",
    ],
    [peer("AWS", { statusName: "FINALIZING" }), {}, "Finalizing", null],
    [peer("AWS", { statusName: "AVAILABLE" }), {}, "Available", null],
    [peer("AWS", { statusName: "TERMINATING" }), { usualMs: null }, "Deleting", null],
    [peer("AWS", { statusName: "SUSPENDED" }), {}, "Unknown status", "SUSPENDED"],
    [peer("GCP", { status: "WAITING_FOR_USER" }), {}, "Peer from Google Cloud", "no deadline"],
    [peer("AZURE", { status: "ADDING_PEER" }), {}, "Requesting in Azure", null],
    [failed({ errorStateName: "REJECTED" }), {}, "Rejected", "by the VPC owner"],
    [failed({ errorStateName: "EXPIRED" }), {}, "Expired", "not accepted in time"],
    [failed({ errorStateName: "INVALID_ARGUMENT" }), {}, "Refused by AWS", "in 7193 0482 6155"],
    [
      failed({ errorMessage: "overlapping cidr" }),
      { atlasCidr: "192.168.216.0/21" },
      "CIDRs overlap",
      "both 192.168.216.0/21",
    ],
    [failed({ errorMessage: "overlapping cidr" }), {}, "CIDRs overlap", "VPC CIDR 192.168.216.0/21"],
    [
      peer("AZURE", { status: "FAILED", errorState: "a peer with an overlapping CIDR block already exists" }),
      { atlasCidr: "10.8.0.0/21" },
      "CIDRs overlap",
      "Atlas CIDR 10.8.0.0/21",
    ],
    [failed({}), {}, "Failed", "no reason given"],
    [
      peer("AZURE", { status: "FAILED", errorState: "AuthorizationFailed" }),
      {},
      "Role missing",
      "on vnet-crm",
    ],
    [peer("AZURE", { status: "DELETION_FAILED" }), {}, "Deletion failed", "in Azure"],
    [
      peer("GCP", { status: "FAILED", errorMessage: "network not found" }),
      {},
      "Network not found",
      "in acme-data",
    ],
    [
      peer("AWS", { statusName: "AVAILABLE" }),
      { deleted: { by: "Olivia Marsh" } },
      "Deleted",
      "by Olivia Marsh",
    ],
    [peer("AWS", { statusName: "AVAILABLE" }), { deleted: { by: null } }, "Deleted", "outside Peering Desk"],
  ])("State %# reads as a title and a second line", (one, facts, title, below) => {
    // The unit of minutes is the clock's.
    const summary = summariseState(one, facts, now)
    expect({ title: summary.title, below: summary.below?.replace(/ m$/, " min") ?? null }).toEqual({
      title,
      below,
    })
  })

  test("The tone is who acts next, or the outcome", () => {
    expect(summariseState(peer("AWS", { statusName: "PENDING_ACCEPTANCE" }), {}, now).tone).toBe("you")
    expect(summariseState(failed({}), {}, now).tone).toBe("failed")
    expect(summariseState(failed({}), { deleted: { by: null } }, now).tone).toBe("closing")
  })

  test("A request past its earliest expiry may end any minute, and an inexact time says so", () => {
    expect(formatTimeLeft(expiry(-1, false), now)).toBe("may expire any minute")
    expect(formatExpiry(expiry(1, false))).toMatch(/ or later$/)
    expect(formatExpiry(expiry(1))).not.toMatch(/later/)
    expect([formatUsual(40_000), formatUsual(null)]).toEqual(["usually 40 s", null])
  })
})
