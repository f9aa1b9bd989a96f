import { DescribeVpcsCommand } from "@aws-sdk/client-ec2"
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts"
import { afterEach, describe, expect, it } from "vitest"
import { serverCredentials } from "#aws/credentials.ts"
import { startTestAws, testRole, type TestAws } from "#testing-aws.ts"

let aws: TestAws
afterEach(() => aws.close())

const minute = 60_000
const { accessKeyId, secretAccessKey } = serverCredentials
const listVpcs = new DescribeVpcsCommand({})

describe("The AWS stand-in", () => {
  it("names the server's user in GetCallerIdentity", async () => {
    aws = await startTestAws()
    expect(await aws.sts().send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: "400400400400",
      Arn: "arn:aws:iam::400400400400:user/peering-desk",
    })
  })

  it("issues credentials of a role that EC2 accepts with their token", async () => {
    aws = await startTestAws()
    const keys = await aws.assume()
    expect(await aws.sts(keys).send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: "482913570264",
      Arn: "arn:aws:sts::482913570264:assumed-role/peering-desk-read/peering-desk",
    })
    const { Vpcs } = await aws.ec2(keys).send(listVpcs)
    expect(Vpcs?.map(({ VpcId }) => VpcId)).toContain("vpc-05c1d9e87b3a2f406")
  })

  it("refuses temporary credentials without their token", async () => {
    aws = await startTestAws()
    const { sessionToken: _token, ...keys } = await aws.assume()
    await expect(aws.ec2(keys).send(listVpcs)).rejects.toMatchObject({ name: "AuthFailure" })
    await expect(aws.sts(keys).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: "InvalidClientTokenId",
    })
  })

  it("refuses a signature of another secret, as each service words it", async () => {
    aws = await startTestAws()
    const keys = { accessKeyId, secretAccessKey: `${secretAccessKey}x` }
    await expect(aws.sts(keys).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: "SignatureDoesNotMatch",
      $metadata: { httpStatusCode: 403 },
    })
    await expect(aws.ec2(keys).send(listVpcs)).rejects.toMatchObject({ name: "AuthFailure" })
  })

  it.each(["wrong", undefined])("refuses a role with the external id %s", async (externalId) => {
    aws = await startTestAws()
    await expect(
      aws.assume({ arn: testRole.arn, ...(externalId !== undefined && { externalId }) }),
    ).rejects.toMatchObject({
      name: "AccessDenied",
      message: `User: arn:aws:iam::400400400400:user/peering-desk is not authorized to perform: sts:AssumeRole on resource: ${testRole.arn}`,
    })
  })

  it("lets a role without an external id in its trust policy be assumed with any and none", async () => {
    aws = await startTestAws()
    const open = { ...testRole, arn: "arn:aws:iam::482913570264:role/open", externalIds: [] }
    aws.simulator.putReadingRole(open)
    const issued = [
      await aws.assume({ arn: open.arn }),
      await aws.assume({ arn: open.arn, externalId: "any" }),
    ]
    for (const { sessionToken } of issued) expect(sessionToken).not.toBe("")
  })

  it("compares external ids as StringLike does, where the trust policy has a star", async () => {
    aws = await startTestAws()
    aws.simulator.putReadingRole({ ...testRole, externalIds: ["pd-*"] })
    await aws.assume({ arn: testRole.arn, externalId: "pd-7f3a" })
    for (const given of [{ externalId: "7f3a" }, {}])
      await expect(aws.assume({ arn: testRole.arn, ...given })).rejects.toMatchObject({
        name: "AccessDenied",
      })
  })

  it("refuses an unsigned call", async () => {
    aws = await startTestAws()
    const answer = await fetch(aws.url, { method: "POST", body: "Action=DescribeVpcs" })
    expect(answer.status).toBe(403)
    expect(await answer.text()).toContain("<Code>MissingAuthenticationToken</Code>")
  })

  it("refuses a role that is not there with the words for another trust policy", async () => {
    aws = await startTestAws()
    await expect(aws.assume({ arn: "arn:aws:iam::482913570264:role/none" })).rejects.toMatchObject({
      name: "AccessDenied",
    })
  })

  it("refuses a revoked role and the credentials that it had", async () => {
    aws = await startTestAws()
    const keys = await aws.assume()
    aws.simulator.actOnNetwork({ act: "revoke-role", arn: testRole.arn })
    await expect(aws.assume()).rejects.toMatchObject({ name: "AccessDenied" })
    await expect(aws.ec2(keys).send(listVpcs)).rejects.toMatchObject({ name: "AuthFailure" })
  })

  it.each([
    { service: "STS", ahead: 10, name: "SignatureDoesNotMatch", says: /^Signature expired: .*- 5 min\.\)$/ },
    {
      service: "STS",
      ahead: -10,
      name: "SignatureDoesNotMatch",
      says: /^Signature not yet current: .*\+ 5 min/,
    },
    { service: "EC2", ahead: 10, name: "RequestExpired", says: /^Request has expired\.$/ },
  ])("says in $service that a clock is $ahead minutes apart", async ({ service, ahead, name, says }) => {
    let apart = 0
    aws = await startTestAws({ realTime: () => Date.now() + apart })
    const keys = await aws.assume()
    apart = ahead * minute
    const sent =
      service === "STS" ? aws.sts().send(new GetCallerIdentityCommand({})) : aws.ec2(keys).send(listVpcs)
    await expect(sent).rejects.toMatchObject({ name, message: expect.stringMatching(says) as unknown })
  })

  it("accepts a clock that is four minutes apart", async () => {
    aws = await startTestAws({ realTime: () => Date.now() - 4 * minute })
    expect(await aws.sts().send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: "400400400400" })
  })

  it("refuses credentials after an hour", async () => {
    let passed = 0
    aws = await startTestAws({ realTime: () => Date.now() + passed })
    const keys = await aws.assume()
    passed = 61 * minute
    // The clients' clocks go on too, so that the signature is in time.
    const options = { systemClockOffset: passed }
    const [ec2, sts] = [aws.ec2(keys), aws.sts(keys)]
    Object.assign(ec2.config, options)
    Object.assign(sts.config, options)
    await expect(ec2.send(listVpcs)).rejects.toMatchObject({ name: "RequestExpired" })
    await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: "ExpiredToken" })
  })
})
