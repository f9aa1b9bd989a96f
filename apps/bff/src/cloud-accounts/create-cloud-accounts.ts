import { CachedRead } from "#base/cached-read.ts"
import { CloudReader } from "#cloud-reading/cloud-reader.ts"
import { createAccountReader } from "./account-reader.ts"
import { createAccountSchedule } from "./account-schedule.ts"
import type { AccountsDeps, CloudSettings } from "./accounts-deps.ts"

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
  const accountReader = createAccountReader(deps)
  const leads = () => sharing?.leads ?? true
  return {
    cloudReader,
    cloudSettings: deps.cloudSettings,
    accountReader,
    accountSchedule: createAccountSchedule({ ...deps, accountReader, leads }),
    cloudFacts: accountReader,
    serverIdentity: new CachedRead(() => cloudReader.identify(), clock),
  }
}
