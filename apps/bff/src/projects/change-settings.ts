import type { ApprovalAction, ProjectChangeName } from "@peering-desk/shared-schemas"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import type { AppError } from "#base/app-error.ts"
import type { ProjectCache } from "./project-cache.ts"
import { createProjectKind } from "./project-kind.ts"

interface SettingDeps {
  atlas: AtlasClient
  projectCache: ProjectCache
}

interface Setting {
  enabled: boolean
}

export function createPrivateIpModeChange({ atlas, projectCache }: SettingDeps) {
  return createSettingChange("private-ip-mode-change", {
    policyAction: "private-ip-mode",
    subject: "mode",
    read: (projectId) => atlas.readPrivateIpMode(projectId),
    write: (projectId, enabled) => atlas.changePrivateIpMode(projectId, enabled),
    noteChanged: (projectId) => projectCache.of(projectId).privateIpMode.expire(),
    explain: explainRefusal,
  })
}

export function createCustomDnsChange({ atlas, projectCache }: SettingDeps) {
  return createSettingChange("custom-dns-change", {
    policyAction: "custom-dns",
    subject: "AWS",
    read: (projectId) => atlas.readAwsCustomDns(projectId),
    write: (projectId, enabled) => atlas.changeAwsCustomDns(projectId, enabled),
    noteChanged(projectId) {
      const { customDns, clusters } = projectCache.of(projectId)
      customDns.expire()
      // It adds or removes connection strings.
      clusters.expire()
    },
  })
}

/** The change of a setting that is on or off. */
function createSettingChange(
  action: ProjectChangeName,
  {
    policyAction,
    subject,
    read,
    write,
    noteChanged,
    explain = (refusal) => refusal,
  }: {
    policyAction: ApprovalAction
    subject: string
    read: (projectId: string) => Promise<Setting>
    write: (projectId: string, enabled: boolean) => Promise<{ value: Setting; answerCode: string }>
    noteChanged: (projectId: string) => void
    explain?: (refusal: AppError) => AppError
  },
) {
  return createProjectKind<Setting, Setting, Setting>({
    action,
    toActions: () => [policyAction],
    isForAdministrators: true,
    isDoneByOthers: true,
    toSubject: () => subject,
    readBefore: ({ projectId }) => read(projectId),
    send: ({ projectId, plan }) => write(projectId, plan.enabled),
    async findOut({ projectId, plan }) {
      const now = await read(projectId)
      return now.enabled === plan.enabled ? { is: "done", result: now } : { is: "not-done" }
    },
    toAfter: (setting) => setting,
    explain: (_change, refusal) => Promise.resolve(explain(refusal)),
    noteChanged,
  })
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
  return detail === undefined ? failure : failure.explain({ detail })
}
