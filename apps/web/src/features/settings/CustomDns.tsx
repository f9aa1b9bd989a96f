import { useQuery } from "@tanstack/react-query"
import { projectSettingQuery } from "#api/projects/project-settings.ts"
import { CustomDnsSwitch } from "#shared/last-mile/CustomDnsSwitch.tsx"
import { SettingsSection } from "./SettingsSection.tsx"

/** Custom DNS of the project's clusters on AWS. */
export function CustomDns({ projectId }: { projectId: string }) {
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
