import { useQuery } from "@tanstack/react-query"
import { projectSettingQuery } from "#api/projects/project-settings.ts"
import { useProject } from "#api/projects/projects.ts"
import { toProblemWords } from "#copy/problems.ts"
import { crumbTo } from "#shared/crumb-to.tsx"
import { pagePaths } from "#shared/page-paths.ts"
import { PermissionsContext, usePermissionsIn } from "#shared/permissions.ts"
import { PageHeader } from "#ui/PageHeader.tsx"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"
import { ManagedBy } from "./ManagedBy.tsx"
import { PeeringOnlyMode } from "./PeeringOnlyMode.tsx"
import { Presets } from "./Presets.tsx"
import { ShareLinks } from "./ShareLinks.tsx"
import { CustomDnsSwitch } from "#shared/last-mile/CustomDnsSwitch.tsx"
import { SettingsSection } from "./SettingsSection.tsx"

/** A project's settings: peering-only mode, custom DNS, keys of other tools, presets and open share links. */
export function SettingsPage({ projectId }: { projectId: string }) {
  const permissions = usePermissionsIn(projectId)
  const { name } = useProject(projectId) ?? {}
  const { error } = useQuery(projectSettingQuery("privateIpMode", projectId))
  const words = error === null ? null : toProblemWords(error)
  return (
    <PermissionsContext value={permissions}>
      <PageHeader
        title="Settings"
        windowTitle={name === undefined ? "Settings" : `Settings of ${name}`}
        crumbs={name === undefined ? [] : [crumbTo(pagePaths.connections(projectId), name)]}
      >
        {name !== undefined && `${name} · `}Changes are recorded in the audit log
      </PageHeader>
      {words?.code === "project_not_found" ? (
        <ProblemNotice {...words} />
      ) : (
        <div className="grid one-column">
          <PeeringOnlyMode projectId={projectId} />
          <CustomDns projectId={projectId} />
          <ManagedBy projectId={projectId} />
          <Presets projectId={projectId} />
          <ShareLinks projectId={projectId} />
        </div>
      )}
    </PermissionsContext>
  )
}

/** Custom DNS of the project's clusters on AWS. */
function CustomDns({ projectId }: { projectId: string }) {
  const read = useQuery(projectSettingQuery("customDns", projectId))
  const { data: setting } = read
  return (
    <SettingsSection
      title="Custom DNS on AWS"
      about="Adds connection strings that resolve to private addresses through any DNS server."
      read={read}
    >
      {setting !== undefined && (
        <>
          <p>
            Custom DNS: <strong>{setting.enabled ? "Enabled" : "Off"}</strong>
          </p>
          <CustomDnsSwitch projectId={projectId} setting={setting} />
        </>
      )}
    </SettingsSection>
  )
}
