import { randomUUID } from "node:crypto"
import { cloudUrls } from "@peering-desk/shared-schemas"
import { beginAccount } from "./cloud-accounts.ts"
import type { Write } from "./link-writes.ts"
import { projectId } from "./requests.ts"
import type { TestApp } from "./test-app.ts"

/** Begins to connect an AWS account and returns its id here. */
const begin = async (desk: TestApp) => (await beginAccount(desk, { projectId, name: randomUUID() })).id

/** The routes of connected AWS accounts with an unsafe method. */
export const cloudWrites: Record<string, Write> = {
  "POST /api/cloud-accounts": {
    path: () => Promise.resolve(cloudUrls.cloudAccounts()),
    body: { projectId, name: "Orders" },
    status: 201,
  },
  "DELETE /api/cloud-accounts/:accountId": {
    path: async (desk) => cloudUrls.cloudAccount(await begin(desk)),
    status: 204,
  },
  "PUT /api/cloud-accounts/:accountId/role": {
    path: async (desk) => cloudUrls.cloudRole(await begin(desk)),
    body: { roleArn: "arn:aws:iam::482913570264:role/peering-desk-read" },
    status: 200,
  },
  // No role is named, which is said after everything that this test is about.
  "POST /api/cloud-accounts/:accountId/check": {
    path: async (desk) => cloudUrls.checkCloudAccount(await begin(desk)),
    status: 400,
    changes: false,
  },
}
