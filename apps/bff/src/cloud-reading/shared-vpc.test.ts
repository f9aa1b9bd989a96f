import { afterAll, beforeAll, expect, test } from "vitest"
import { awsAccount, awsRole, startReading, type TestReading } from "#test/support/cloud-reader.ts"

let aws: TestReading
beforeAll(async () => {
  aws = await startReading("shared-vpc")
})
afterAll(() => aws.close())

test("a VPC that another account shares is read without the lists that AWS shows in part", async () => {
  const vpcId = "vpc-0d2e4f6081a3c5e70"
  aws.simulator.putNetwork({
    providerName: "AWS",
    awsAccountId: "719304826155",
    vpcId,
    region: "us-east-1",
    name: "shared",
    sharedWith: [awsAccount],
    cidrs: ["10.66.0.0/16"],
  })
  const asked = { region: "us-east-1", vpcIds: [vpcId], mostCalls: 10, lists: true }
  const { problem, networks, listed } = await aws.reader.read(awsRole, asked)
  expect(problem).toBeNull()
  const [network] = networks
  expect(Object.keys(network?.facts ?? {}).toSorted((a, b) => a.localeCompare(b))).toEqual([
    "account",
    "addresses",
    "dns",
    "name",
    "network",
    "providerName",
    "region",
  ])
  expect(network?.facts.account?.value).toBe("719304826155")
  expect(listed.map((one) => one.network?.value)).toContain(vpcId)
})
