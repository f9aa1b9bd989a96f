import type { CloudAccount, CloudAccountList } from "@peering-desk/shared-schemas"
import { projectId } from "./samples.ts"

const principal = "arn:aws:iam::111122223333:role/peering-desk"

/** Builds an account whose role works. */
export function makeAccount(id: string, more: Partial<CloudAccount> = {}): CloudAccount {
  return {
    id,
    projectId,
    name: id,
    account: "482913570264",
    roleArn: "arn:aws:iam::482913570264:role/peering-desk-read",
    externalId: `pd-${id}-7f3a5c91c2`,
    principal,
    state: "reading",
    problem: null,
    since: "2026-11-24T09:00:00.000Z",
    checkedAt: "2026-11-24T10:01:00.000Z",
    readAt: "2026-11-24T10:06:48.000Z",
    missing: [],
    isOpenToOthers: false,
    vpcs: 9,
    regions: ["us-east-1", "eu-west-1"],
    connections: 11,
    ...more,
  }
}

/** Builds an account without a role. */
export function makeWaiting(id: string, more: Partial<CloudAccount> = {}): CloudAccount {
  const none = { account: null, roleArn: null, checkedAt: null, readAt: null, isOpenToOthers: null }
  return makeAccount(id, { ...none, state: "waiting", vpcs: 0, regions: [], connections: 0, ...more })
}

export function makeAccountList(
  accounts: CloudAccount[],
  templateUrl: string | null = null,
): CloudAccountList {
  return { accounts, templateUrl, readMinutes: 15 }
}
