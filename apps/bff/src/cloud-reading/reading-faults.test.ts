import { awsServerCredentials } from "@peering-desk/atlas-simulator"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { awsAccount, awsRole, startReading, type TestReading } from "#test/support/cloud-reader.ts"

const vpcId = "vpc-05c1d9e87b3a2f406"
const region = "us-east-1"
const asked = { region, vpcIds: [vpcId], mostCalls: 10, lists: false }

let aws: TestReading
beforeAll(async () => {
  aws = await startReading("reading-faults", { callMs: 1_000, readMs: 2_500 })
})
beforeEach(() => {
  aws.simulator.reset("demo")
  aws.simulator.clearFaults()
  aws.putRole()
})
afterAll(() => aws.close())

const read = async (reader = aws.reader, question = asked) => {
  const { problem, networks, calls, missing } = await reader.read(awsRole, question)
  const aspects = Object.keys(networks[0]?.facts ?? {}).filter((name) => name !== "providerName")
  return { code: problem?.code ?? null, says: problem?.says ?? "", aspects, calls, missing }
}
/** A reader that has credentials of the role, and the calls since. */
async function readBefore() {
  const reader = aws.open()
  await read(reader)
  aws.simulator.clearAwsCalls()
  return reader
}

describe("a reading", () => {
  test("ends at the first call that AWS limits, without another try", async () => {
    const reader = await readBefore()
    aws.fail("/ec2/", { code: "RequestLimitExceeded" })
    expect(await read(reader)).toMatchObject({
      code: "throttled",
      says: "AWS limits how often this account may be asked (RequestLimitExceeded: Request limit exceeded).",
      calls: 1,
    })
    expect(aws.listCalls()).toHaveLength(1)
  })

  test("keeps what it read before AWS limited it", async () => {
    aws.fail("/ec2/DescribeSecurityGroups", { code: "RequestLimitExceeded" })
    const { code, aspects } = await read(await readBefore())
    expect([code, aspects.includes("routeTables"), aspects.includes("firewalls")]).toEqual([
      "throttled",
      true,
      false,
    ])
  })

  test("leaves out what failed and keeps the rest when half of the calls fail", async () => {
    for (const name of ["RouteTables", "SecurityGroups", "NetworkAcls", "VpcAttribute"])
      aws.fail(`/ec2/Describe${name}`, { code: "InternalError" })
    const { code, says, aspects } = await read()
    expect([code, says]).toEqual(["unexpected", expect.stringMatching(/^AWS failed \(InternalError/)])
    expect(aspects).toEqual(["account", "network", "name", "region", "addresses", "subnets", "peerings"])
  })

  test.each([
    ["closes the connection", { cut: "before" }, "unreachable"],
    ["breaks off in an answer", { cut: "during" }, "unexpected"],
    ["answers HTML", { status: 502 }, "unexpected"],
    ["answers no XML", { status: 200, body: "<oops", contentType: "text/xml" }, "unexpected"],
    ["answers an empty text", { status: 200, body: "", contentType: "text/xml" }, "unexpected"],
  ])("leaves tables out and keeps the rest when a call %s", async (_title, fault, code) => {
    aws.fail("/ec2/DescribeRouteTables", fault)
    const found = await read()
    expect([found.code, found.aspects.includes("routeTables"), found.aspects.includes("subnets")]).toEqual([
      code,
      false,
      true,
    ])
  })

  test("waits for a slow call as long as a call may take, and keeps the rest", async () => {
    aws.fail("/ec2/DescribeRouteTables", { delayMs: 60_000 })
    const { code, says, aspects } = await read()
    expect([code, says]).toEqual(["unreachable", "AWS could not be reached (no answer in time)."])
    expect([aspects.includes("routeTables"), aspects.includes("subnets")]).toEqual([false, true])
  })

  test("ends when all of it took too long", async () => {
    aws.fail("/ec2/", { delayMs: 60_000 })
    const { code, calls } = await read(await readBeforeFault())
    expect(code).toBe("unreachable")
    expect(calls).toBeLessThan(5)
  })

  test("says that the role was revoked, also while it reads, and keeps what it read before", async () => {
    const reader = await readBefore()
    aws.putRole({ isRevoked: true })
    expect(await read(reader)).toMatchObject({ code: "role-refused", calls: 1, aspects: [] })
    aws.putRole()
    const other = await readBefore()
    aws.fail("/sts/AssumeRole", { code: "AccessDenied" })
    aws.fail("/ec2/DescribeNetworkAcls", { code: "AuthFailure" })
    const { code, aspects } = await read(other)
    expect([code, aspects.includes("routeTables")]).toEqual(["role-refused", true])
  })

  test("assumes the role again when AWS forgot its session", async () => {
    const reader = await readBefore()
    aws.simulator.reset("demo")
    aws.putRole()
    expect(await read(reader)).toMatchObject({ code: null, calls: 9 })
  })

  test.each(["OptInRequired", "AuthFailure"])("says that a region is switched off (%s)", async (code) => {
    aws.fail("/ec2/", { code })
    const found = await read()
    expect([found.code, found.aspects]).toEqual(["region-off", []])
    expect(found.says).toContain(`AWS refuses the account in ${region}, a region that it has switched off (`)
  })

  test("has no network for a VPC that isn't there", async () => {
    const found = await aws.reader.read(awsRole, { ...asked, vpcIds: ["vpc-00000000000000001"] })
    expect([found.problem, found.networks]).toEqual([null, []])
  })

  test("has of a VPC that another account shares only what is whole there", async () => {
    const owner = "999999999999"
    const vpc = `<vpcId>${vpcId}</vpcId><ownerId>${owner}</ownerId><cidrBlock>10.0.0.0/16</cidrBlock>`
    const body = `<DescribeVpcsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><vpcSet><item>${vpc}</item></vpcSet></DescribeVpcsResponse>`
    aws.fail("/ec2/DescribeVpcs?", { status: 200, body, contentType: "text/xml" })
    const { networks } = await aws.reader.read(awsRole, asked)
    expect(networks[0]?.facts.account?.value).toBe(owner)
    const { aspects } = await read()
    expect(aspects).toEqual(["account", "network", "region", "addresses", "dns"])
  })

  test("has the empty parts and odd values of an answer without failing", async () => {
    const odd = `<vpcId>${vpcId}</vpcId><ownerId/><unknown><deep/></unknown><tagSet><item><key>Name</key><value>a\u202Eb</value></item></tagSet>`
    const body = `<DescribeVpcsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><vpcSet><item>${odd}</item><item/></vpcSet></DescribeVpcsResponse>`
    aws.fail("/ec2/DescribeVpcs?", { status: 200, body, contentType: "text/xml" })
    const { networks } = await aws.reader.read(awsRole, asked)
    expect(networks[0]?.facts.name?.value).toBe("a[U+202E]b")
  })
})

/** A reader with credentials, as `readBefore`, while EC2 already fails. */
async function readBeforeFault() {
  const reader = aws.open()
  await reader.check({ ...awsRole }, region)
  return reader
}

test.each([
  ["behind", 600_000],
  ["ahead of", -600_000],
])("a server whose clock is 10 minutes %s AWS's says so", async (_title, apartMs) => {
  const other = await startReading("reading-clock", { apartMs })
  try {
    const { code, says } = await read(other.reader)
    expect(code).toBe("clock-apart")
    expect(says).toContain(
      "The clock of this server is more than 5 minutes from AWS's, so AWS refuses its signatures (SignatureDoesNotMatch: Signature ",
    )
    expect((await other.reader.check(awsRole, region)).problem?.code).toBe("clock-apart")
    expect(await other.reader.identify()).toMatchObject({ problem: { code: "clock-apart" } })
  } finally {
    await other.close()
  }
})

test("a server that can't reach AWS says so", async () => {
  const reader = aws.open({ environment: { AWS_ENDPOINT_URL_STS: "http://127.0.0.1:1" } })
  const says = "AWS could not be reached (ECONNREFUSED)."
  expect(await read(reader)).toMatchObject({ code: "unreachable", says, calls: 0 })
})

test("answers and log lines of readings hold no key or token, also when AWS's error has one", async () => {
  const { secretAccessKey, accessKeyId } = awsServerCredentials
  const token = `IQoJb3JpZ2luX2VjE${"abcdefghij".repeat(20)}`
  const says = `refused ${accessKeyId} ${secretAccessKey} x-amz-security-token:${token}`
  const answers: unknown[] = []
  for (const code of ["SignatureDoesNotMatch", "UnexpectedThing", "AuthFailure", "AccessDenied"]) {
    const ec2 = `<Response><Errors><Error><Code>${code}</Code><Message>${says}</Message></Error></Errors></Response>`
    const sts = `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Code>${code}</Code><Message>${says}</Message></Error></ErrorResponse>`
    aws.fail("/ec2/", { status: 403, body: ec2, contentType: "text/xml" })
    answers.push(await aws.reader.read(awsRole, asked), await aws.reader.check(awsRole, region))
    aws.simulator.clearFaults()
    aws.fail("/sts/", { status: 403, body: sts, contentType: "text/xml" })
    answers.push(await aws.open().read(awsRole, asked), await aws.reader.check(awsRole, region))
    answers.push(await aws.reader.identify())
    aws.simulator.clearFaults()
  }
  const told = JSON.stringify(answers) + aws.log.join("\n")
  expect(told).toContain("UnexpectedThing")
  for (const secret of [secretAccessKey, accessKeyId, token, "ASIA"]) expect(told).not.toContain(secret)
  expect(told).toContain(awsAccount)
})
