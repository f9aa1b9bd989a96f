import type { CustomDns, PrivateIpMode } from "@peering-desk/shared-schemas"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import { AppError } from "#base/app-error.ts"
import type { ProjectChange } from "#changes/engine/project-change.ts"

interface SettingDeps {
  atlas: AtlasClient
  privateIpModeChanged: (projectId: string) => void
  /** Custom DNS adds or removes connection strings. */
  customDnsChanged: (projectId: string) => void
}

export function createPrivateIpModeChange({
  atlas,
  privateIpModeChanged,
}: SettingDeps): ProjectChange<PrivateIpMode, PrivateIpMode> {
  return {
    action: "private-ip-mode-change",
    isDoneByOthers: true,
    toSubject: () => "mode",
    readBefore: (projectId) => atlas.readPrivateIpMode(projectId),
    send: ({ projectId, plan }) => atlas.changePrivateIpMode(projectId, plan.enabled),
    async findOut({ projectId, plan }) {
      const now = await atlas.readPrivateIpMode(projectId)
      return now.enabled === plan.enabled ? { is: "done", result: now } : { is: "not-done" }
    },
    toAfter: (mode) => mode,
    explain: (_projectId, _plan, refusal) => Promise.resolve(explainRefusal(refusal)),
    noteChanged: privateIpModeChanged,
  }
}

export function createCustomDnsChange({
  atlas,
  customDnsChanged,
}: SettingDeps): ProjectChange<CustomDns, CustomDns> {
  return {
    action: "custom-dns-change",
    isDoneByOthers: true,
    toSubject: () => "AWS",
    readBefore: (projectId) => atlas.readAwsCustomDns(projectId),
    send: ({ projectId, plan }) => atlas.changeAwsCustomDns(projectId, plan.enabled),
    async findOut({ projectId, plan }) {
      const now = await atlas.readAwsCustomDns(projectId)
      return now.enabled === plan.enabled ? { is: "done", result: now } : { is: "not-done" }
    },
    toAfter: (setting) => setting,
    noteChanged: customDnsChanged,
  }
}

const explanations: ReadonlyMap<string, string> = new Map([
  [
    "CANNOT_UPDATE_PRIVATE_IP_MODE",
    "The mode can change only while the project has no dedicated cluster. Leave it as it is: connections work either way.",
  ],
  ["UNSUPPORTED_FOR_PRIVATE_IP_MODE", "Atlas no longer allows turning the mode on. Peering doesn't need it."],
])

function explainRefusal(failure: AppError): AppError {
  const detail = explanations.get(failure.shown.atlas?.errorCode ?? "")
  return detail === undefined
    ? failure
    : new AppError(failure.code, { ...failure.shown, detail, cause: failure })
}
