import { EC2Client } from "@aws-sdk/client-ec2"
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts"
import { serverCredentials } from "#aws/credentials.ts"
import type { ReadingRole } from "#world/customer/network-schema.ts"
import { readingRights } from "#world/customer/seed-roles.ts"
import { createSimulator, type Simulator, type SimulatorOptions } from "./simulator.ts"

export const testRole: ReadingRole = {
  arn: "arn:aws:iam::482913570264:role/peering-desk-read",
  account: "482913570264",
  externalIds: ["an-external-id"],
  rights: [...readingRights],
  isRevoked: false,
}

type Keys = { accessKeyId: string; secretAccessKey: string; sessionToken?: string }

/** A listening simulator, and AWS's own SDK as its client. */
export type TestAws = {
  simulator: Simulator
  url: string
  sts: (keys?: Keys) => STSClient
  ec2: (keys: Keys, region?: string) => EC2Client
  /** Assumes a role with the server's key. */
  assume: (role?: { arn: string; externalId?: string; region?: string }) => Promise<Keys>
  close: () => Promise<void>
}

const { accessKeyId, secretAccessKey } = serverCredentials

/** Starts one on free ports with one role. Clients send each call once. */
export async function startTestAws(options: SimulatorOptions = {}): Promise<TestAws> {
  const simulator = createSimulator({ speed: 0, ...options })
  const { awsUrl: endpoint } = await simulator.listen()
  const clients: { destroy: () => void }[] = []
  const keep = <Client extends { destroy: () => void }>(client: Client) => {
    clients.push(client)
    return client
  }
  const base = { endpoint, maxAttempts: 1 }
  const sts: TestAws["sts"] = (credentials = { accessKeyId, secretAccessKey }) =>
    keep(new STSClient({ ...base, region: "us-east-1", credentials }))
  simulator.putReadingRole({ ...testRole })
  return {
    simulator,
    url: endpoint,
    sts,
    ec2: (credentials, region = "us-east-1") => keep(new EC2Client({ ...base, region, credentials })),
    async assume({ arn, externalId } = { arn: testRole.arn, externalId: "an-external-id" }) {
      const asked = { RoleArn: arn, RoleSessionName: "peering-desk", ExternalId: externalId }
      const { Credentials: given } = await sts().send(new AssumeRoleCommand(asked))
      return {
        accessKeyId: given?.AccessKeyId ?? "",
        secretAccessKey: given?.SecretAccessKey ?? "",
        sessionToken: given?.SessionToken ?? "",
      }
    },
    async close() {
      for (const client of clients) client.destroy()
      await simulator.close()
    },
  }
}
