import { seededIds } from "@peering-desk/atlas-simulator"
import { AuditPage, CloudAccount, CloudAccountList, cloudUrls, apiUrls } from "@peering-desk/shared-schemas"
import { pathToFileURL } from "node:url"
import { expect } from "vitest"
import { bundleProgram } from "./bundle.ts"
import type { TestApp } from "./test-app.ts"

/** A project of the demo with connections in this AWS account, which has a reading role. */
export const cloudProject: string = seededIds.payments
export const awsAccount = "482913570264"
export const readingRole = `arn:aws:iam::${awsAccount}:role/peering-desk-read`

/**
 * Bundles the thread that reads AWS. It ends when a test's clock passes ten minutes, and starts in a tenth of the time that its source takes.
 * @param user the test file, for a folder that no other one writes to
 */
export async function bundleReadingThread(user: string): Promise<URL> {
  return pathToFileURL(await bundleProgram("src/cloud-reading/reading-worker.ts", user))
}

/** Begins to connect an account. */
export async function beginAccount(
  desk: TestApp,
  { projectId = cloudProject, name = "Payments", cookie = desk.cookie } = {},
): Promise<CloudAccount> {
  const body = { projectId, name }
  const answer = await desk.call("POST", cloudUrls.cloudAccounts(), { body, headers: { cookie } })
  expect(answer.status).toBe(201)
  return CloudAccount.parse(answer.json())
}

/** Connects an account whose role asks for its external id. */
export async function connectAccount(
  desk: TestApp,
  { roleArn = readingRole, projectId = cloudProject, name = "Payments" } = {},
): Promise<CloudAccount> {
  const { id, externalId } = await beginAccount(desk, { projectId, name })
  changeRole(desk, { externalIds: [externalId] }, roleArn)
  const answer = await desk.call("PUT", cloudUrls.cloudRole(id), { body: { roleArn } })
  expect(answer.status).toBe(200)
  return CloudAccount.parse(answer.json())
}

/** Changes a role in the simulated AWS. */
export function changeRole(
  { simulator }: Pick<TestApp, "simulator">,
  changed: Partial<Parameters<TestApp["simulator"]["putReadingRole"]>[0]>,
  arn = readingRole,
): void {
  const role = simulator.readingRoles().find((one) => one.arn === arn)
  if (role === undefined) throw new Error(`The simulated AWS has no role ${arn}`)
  simulator.putReadingRole({ ...role, ...changed })
}

/** Lists the connected accounts that a person administers. */
export async function listAccounts(desk: TestApp, cookie = desk.cookie): Promise<CloudAccount[]> {
  const answer = await desk.call("GET", cloudUrls.cloudAccounts(), { headers: { cookie } })
  return CloudAccountList.parse(answer.json()).accounts
}

/** Lists the events of one kind, newest first. */
export async function listEvents(desk: TestApp, action: string) {
  const page = await desk.call("GET", apiUrls.audit({ action, limit: "200" }))
  return AuditPage.parse(page.json()).rows
}

/** Counts the calls of EC2 that read something since the last count. */
export function countCalls({ simulator }: Pick<TestApp, "simulator">): number {
  const calls = simulator.awsCalls().filter(({ service, dryRun }) => service === "ec2" && !dryRun).length
  simulator.clearAwsCalls()
  return calls
}

/** Finds the connection of a VPC in the project of the demo. */
export function findPeeringId({ simulator }: Pick<TestApp, "simulator">, vpcId: string): string {
  const project = simulator.state().projects.find(({ id }) => id === cloudProject)
  const peer = project?.peers.find((one) => "vpcId" in one && one.vpcId === vpcId)
  if (peer === undefined) throw new Error(`No connection with ${vpcId}`)
  return peer.id
}
