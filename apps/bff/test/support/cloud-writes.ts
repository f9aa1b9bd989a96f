import { randomUUID } from "node:crypto"
import { CloudAccount, cloudUrls } from "@peering-desk/shared-schemas"
import { projectId } from "./requests.ts"
import type { TestApp } from "./test-app.ts"

/** Begins to connect an AWS account and returns its id here. */
async function beginAccount(desk: TestApp): Promise<string> {
  const body = { projectId, name: randomUUID() }
  return CloudAccount.parse((await desk.call("POST", cloudUrls.cloudAccounts(), { body })).json()).id
}

interface CloudWrite {
  path: (desk: TestApp) => Promise<string>
  body?: unknown
  status: number
  changes?: false
}

/** The routes of connected AWS accounts with an unsafe method. */
export const cloudWrites: Record<string, CloudWrite> = {
  "POST /api/cloud-accounts": {
    path: () => Promise.resolve(cloudUrls.cloudAccounts()),
    body: { projectId, name: "Orders" },
    status: 201,
  },
  "DELETE /api/cloud-accounts/:accountId": {
    path: async (desk) => cloudUrls.cloudAccount(await beginAccount(desk)),
    status: 204,
  },
  "PUT /api/cloud-accounts/:accountId/role": {
    path: async (desk) => cloudUrls.cloudRole(await beginAccount(desk)),
    body: { roleArn: "arn:aws:iam::482913570264:role/peering-desk-read" },
    status: 200,
  },
  // No role is named, which is said after everything that this test is about.
  "POST /api/cloud-accounts/:accountId/check": {
    path: async (desk) => cloudUrls.checkCloudAccount(await beginAccount(desk)),
    status: 400,
    changes: false,
  },
}
