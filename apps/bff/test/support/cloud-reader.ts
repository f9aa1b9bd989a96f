import { pathToFileURL } from "node:url"
import { awsServerCredentials, createSimulator, type Simulator } from "@peering-desk/atlas-simulator"
import { CloudRight } from "@peering-desk/shared-schemas"
import { pino } from "pino"
import { systemClock } from "#base/clock.ts"
import { CloudReader } from "#cloud-reading/cloud-reader.ts"
import { bundleProgram } from "./bundle.ts"

export const awsAccount = "482913570264"
export const awsRole = {
  roleArn: `arn:aws:iam::${awsAccount}:role/peering-desk-read`,
  externalId: "external-id-of-payments",
}
type Limits = Pick<ConstructorParameters<typeof CloudReader>[0], "callMs" | "readMs">

/** A reader in a thread of its bundle, and the AWS that it reads. */
export interface TestReading {
  reader: CloudReader
  simulator: Simulator
  /** All that was logged. */
  log: string[]
  /** Puts a role that trusts the external id and has all rights but these. */
  putRole: (options?: { without?: readonly string[]; externalIds?: string[]; isRevoked?: boolean }) => void
  /** Makes calls of AWS fail; `path` is a part of `/ec2/DescribeVpcs?region=us-east-1`. */
  fail: (path: string, fault: object, times?: number) => void
  /** Actions of EC2 that were called, without dry runs. */
  listCalls: () => string[]
  /** Starts a second reader of the same AWS. */
  open: (limits?: Limits & { environment?: Record<string, string> }) => CloudReader
  close: () => Promise<void>
}

/** Starts AWS's stand-in and a reader. `apartMs` is how far AWS's clock is ahead of this machine's. */
export async function startReading(
  user: string,
  { apartMs = 0, ...limits }: Limits & { apartMs?: number } = {},
): Promise<TestReading> {
  const file = pathToFileURL(await bundleProgram("src/cloud-reading/reading-worker.ts", user))
  const simulator = createSimulator({ speed: 0, realTime: () => Date.now() + apartMs })
  const { awsUrl } = await simulator.listen()
  const log: string[] = []
  const readers: CloudReader[] = []
  const open: TestReading["open"] = ({ environment = {}, ...own } = {}) => {
    const reader = new CloudReader({
      clock: systemClock,
      logger: pino({ level: "trace" }, { write: (line: string) => void log.push(line) }),
      environment: {
        AWS_EC2_METADATA_DISABLED: "true",
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
        HOME: "/absent",
        AWS_ENDPOINT_URL_EC2: awsUrl,
        AWS_ENDPOINT_URL_STS: awsUrl,
        AWS_ACCESS_KEY_ID: awsServerCredentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: awsServerCredentials.secretAccessKey,
        ...environment,
      },
      file,
      ...limits,
      ...own,
    })
    readers.push(reader)
    return reader
  }
  const putRole: TestReading["putRole"] = ({ without = [], externalIds, isRevoked = false } = {}) => {
    simulator.putReadingRole({
      arn: awsRole.roleArn,
      account: awsAccount,
      externalIds: externalIds ?? [awsRole.externalId],
      rights: CloudRight.options.filter((right) => !without.includes(right)),
      isRevoked,
    })
  }
  putRole()
  return {
    reader: open(),
    simulator,
    log,
    putRole,
    fail: (path, fault, times) =>
      simulator.addFault({ match: { service: "aws", path }, fault, ...(times !== undefined && { times }) }),
    listCalls: () =>
      simulator
        .awsCalls()
        .filter(({ service, dryRun }) => service === "ec2" && !dryRun)
        .map(({ action }) => action),
    open,
    async close() {
      await Promise.all(readers.map((reader) => reader.stop()))
      await simulator.close()
    },
  }
}
