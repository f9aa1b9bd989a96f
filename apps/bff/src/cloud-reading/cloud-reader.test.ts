import { awsServerCredentials } from "@peering-desk/atlas-simulator"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { createLogger } from "#base/logger.ts"
import { systemClock } from "#base/clock.ts"
import { awsAccount, awsRole, startReading, type TestReading } from "#test/support/cloud-reader.ts"
import { CloudReader } from "./cloud-reader.ts"

const vpcId = "vpc-05c1d9e87b3a2f406"
const region = "us-east-1"
const asked = { region, vpcIds: [vpcId], mostCalls: 10, lists: true }

let aws: TestReading
beforeAll(async () => {
  aws = await startReading("cloud-reader")
})
beforeEach(() => {
  aws.simulator.reset("demo")
  aws.simulator.clearFaults()
  aws.putRole()
  aws.simulator.clearAwsCalls()
})
afterAll(() => aws.close())

describe("the server's identity in AWS", () => {
  test("is what STS says of the SDK's default credentials", async () => {
    const { arn, account } = awsServerCredentials.caller
    expect(await aws.reader.identify()).toEqual({ arn, account })
  })

  test("is a problem in words when the SDK finds no credentials, and no metadata address is asked", async () => {
    const reader = aws.open({ environment: { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" } })
    const problem = {
      code: "no-credentials",
      says: "This server has no identity in AWS: the SDK found no credentials (CredentialsProviderError).",
    }
    expect(await reader.identify()).toEqual({ problem })
    expect(await reader.check(awsRole, region)).toMatchObject({ problem, account: null, calls: 0 })
    expect(await reader.read(awsRole, asked)).toMatchObject({ problem, calls: 0, networks: [] })
    expect(aws.simulator.awsCalls()).toEqual([])
  })

  test("is a problem in words when AWS refuses the credentials", async () => {
    const reader = aws.open({ environment: { AWS_SECRET_ACCESS_KEY: "another" } })
    const problem = {
      code: "no-credentials",
      says: "AWS refuses this server's own credentials (SignatureDoesNotMatch).",
    }
    expect(await reader.identify()).toEqual({ problem })
    expect(await reader.check(awsRole, region)).toMatchObject({ problem })
  })

  test("is the role, not its session, when the server itself has a role", async () => {
    const arn = "arn:aws:sts::400400400400:assumed-role/peering-desk/i-0abc"
    const body = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>${arn}</Arn><UserId>x</UserId><Account>400400400400</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`
    aws.fail("/sts/GetCallerIdentity", { status: 200, body, contentType: "text/xml" })
    expect(await aws.reader.identify()).toEqual({
      arn: "arn:aws:iam::400400400400:role/peering-desk",
      account: "400400400400",
    })
  })
})

describe("a check of a role", () => {
  test("names its account and no missing right when all is well", async () => {
    expect(await aws.reader.check(awsRole, region)).toEqual({
      problem: null,
      account: awsAccount,
      missing: [],
      isOpenToOthers: false,
      calls: 9,
    })
    const calls = aws.simulator.awsCalls().filter(({ service }) => service === "ec2")
    expect(calls.every(({ dryRun }) => dryRun)).toBe(true)
  })

  test("names each right that is missing", async () => {
    const missing = ["ec2:DescribeVpcAttribute", "ec2:GetManagedPrefixListEntries"]
    aws.putRole({ without: missing })
    expect(await aws.reader.check(awsRole, region)).toMatchObject({ problem: null, missing })
  })

  test("finds a role that anybody can assume who knows its ARN", async () => {
    aws.putRole({ externalIds: [] })
    expect(await aws.reader.check(awsRole, region)).toMatchObject({ problem: null, isOpenToOthers: true })
  })

  test.each([
    ["is missing", { ...awsRole, roleArn: `arn:aws:iam::${awsAccount}:role/absent` }, "absent"],
    ["asks for another external id", { ...awsRole, externalId: "another" }, "peering-desk-read"],
  ])("says that a role %s", async (_title, role, name) => {
    const { problem, account } = await aws.reader.check(role, region)
    expect([problem?.code, account]).toEqual(["role-refused", null])
    expect(problem?.says).toContain(
      `AWS refuses to let this server assume ${name}: the role, its trust policy or the external ID doesn't fit (AccessDenied: User:`,
    )
  })

  test("refuses a role whose session is in another account than its ARN", async () => {
    const arn = "arn:aws:sts::999999999999:assumed-role/peering-desk-read/peering-desk"
    const body = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>${arn}</Arn><UserId>x</UserId><Account>999999999999</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`
    aws.fail("/sts/GetCallerIdentity", { status: 200, body, contentType: "text/xml" })
    expect((await aws.reader.check(awsRole, region)).problem).toEqual({
      code: "role-refused",
      says: `The role is in account 999999999999 of aws, and its ARN names account ${awsAccount} of aws.`,
    })
  })
})

test("a reading has every VPC of the region by name, and the whole of the ones asked for", async () => {
  const { at, calls, problem, missing, listed, networks } = await aws.reader.read(awsRole, asked)
  expect([calls, problem, missing]).toEqual([8, null, []])
  expect(listed.map(({ name }) => name?.value)).toEqual(
    expect.arrayContaining(["payments-prod", "payments-batch", "checkout-prod"]),
  )
  expect(networks.map((one) => one.vpcId)).toEqual([vpcId])
  const from = { source: "read", at: new Date(at).toISOString(), by: "peering-desk-read" }
  const [facts] = networks.map((one) => one.facts)
  expect(facts).toMatchObject({
    account: { value: awsAccount, ...from },
    network: { value: vpcId, ...from },
    name: { value: "payments-prod", ...from },
    region: { value: region, ...from },
    addresses: { value: ["10.0.0.0/16"], ...from },
    dns: { value: { support: true, hostnames: true }, ...from },
  })
  expect(Object.keys(facts ?? {})).toEqual(
    expect.arrayContaining(["subnets", "routeTables", "firewalls", "networkAcls", "peerings"]),
  )
})

test("a role is assumed once for readings that follow each other", async () => {
  await aws.reader.read(awsRole, asked)
  await aws.reader.read(awsRole, asked)
  const assumed = aws.simulator.awsCalls().filter(({ action }) => action === "AssumeRole")
  expect(assumed.length).toBeLessThanOrEqual(1)
})

test("a reader whose thread can't start rejects nothing", async () => {
  const logger = createLogger("silent")
  const file = new URL("./absent-worker.js", import.meta.url)
  const reader = new CloudReader({ clock: systemClock, logger, file })
  const problem = { code: "unexpected" }
  expect(await reader.identify()).toMatchObject({ problem })
  expect(await reader.check(awsRole, region)).toMatchObject({ problem })
  expect(await reader.read(awsRole, asked)).toMatchObject({ problem, networks: [] })
  await reader.stop()
})

test("the thread that reads AWS starts from its source too", async () => {
  const logger = createLogger("silent")
  const environment = { AWS_EC2_METADATA_DISABLED: "true", HOME: "/absent" }
  const reader = new CloudReader({ clock: systemClock, logger, environment })
  expect(await reader.identify()).toMatchObject({ problem: { code: "no-credentials" } })
  await reader.stop()
})
