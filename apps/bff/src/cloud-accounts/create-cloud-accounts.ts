import { toInstant } from "#base/clock.ts"
import { CloudReader } from "#cloud-reading/cloud-reader.ts"
import type { CloudFacts } from "#facts/cloud-facts.ts"
import { AccountReader } from "./account-reader.ts"
import { AccountSchedule } from "./account-schedule.ts"
import type { AccountsDeps, CloudSettings } from "./accounts-deps.ts"
import { ServerIdentity } from "./server-identity.ts"

interface Inputs extends Omit<AccountsDeps, "cloudReader" | "cloudSettings"> {
  config: { clouds: CloudSettings }
  /** Null when this process has the database to itself. */
  sharing: { leads: boolean } | null
}

/**
 * Builds what reads connected AWS accounts.
 * @param aws the environment in which the AWS SDK finds credentials and addresses, and its thread's file; the server's own by default
 */
export function createCloudAccounts(
  { config, sharing, ...rest }: Inputs,
  aws: { environment?: NodeJS.ProcessEnv; file?: URL } = {},
) {
  const { clock, logger } = rest
  const cloudReader = new CloudReader({ clock, logger, ...aws })
  const deps = { ...rest, cloudReader, cloudSettings: config.clouds }
  const accountReader = new AccountReader(deps)
  const cloudFacts: CloudFacts = {
    readViewed: (peering) => accountReader.readViewed(peering),
    readNow: (peering) => accountReader.readNow(peering),
    async findAccount(peering) {
      const row = await accountReader.findAccount(peering)
      if (row === null) return undefined
      const { id, name, state, problem, missing, since, readAt } = row
      return { id, name, state, problem, missing, since: toInstant(since), readAt: toInstant(readAt) }
    },
  }
  const leads = () => sharing?.leads ?? true
  return {
    cloudReader,
    cloudSettings: deps.cloudSettings,
    accountReader,
    accountSchedule: new AccountSchedule({ ...deps, accountReader, leads }),
    cloudFacts,
    serverIdentity: new ServerIdentity({ reader: cloudReader, clock }),
  }
}
