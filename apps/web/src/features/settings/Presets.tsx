import { providerLabels, type Preset } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { Link } from "wouter"
import { presetsQuery, useDeletePreset } from "#api/projects/presets.ts"
import { formatAccount } from "#copy/peerings.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { usePermissions } from "#shared/permissions.ts"
import { Button } from "#ui/Button.tsx"
import { CloudMark } from "#ui/marks/CloudMark.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { SettingsList } from "./SettingsList.tsx"
import styles from "./settings.module.css"

/** The saved values for the create form, each with who saved it. */
export function Presets({ projectId }: { projectId: string }) {
  const read = useQuery(presetsQuery(projectId))
  const remove = useDeletePreset(projectId)
  const { mayChange } = usePermissions()
  return (
    <SettingsList
      title="Presets"
      about="Saved values for the create form."
      read={read}
      failure={remove.error}
      empty={
        <>
          No presets yet.{" "}
          {mayChange && (
            <>
              Save one in <Link href={pagePaths.newConnection(projectId)}>New connection</Link>.
            </>
          )}
        </>
      }
      rowClass={styles.preset}
      renderRow={(preset, ask) => (
        <>
          <CloudMark cloud={preset.draft.providerName} />
          <strong>{preset.name}</strong>
          <span className={`${styles.values} mono`}>{formatValues(preset)}</span>
          <span className={`quiet text-13 ${styles.fine}`}>
            {preset.by}, <Timestamp at={preset.at} />
          </span>
          {mayChange && (
            <Button size="small" onClick={ask}>
              Delete… <span className="visually-hidden">{preset.name}</span>
            </Button>
          )}
        </>
      )}
      toQuestion={({ name }) => ({
        title: `Delete the preset ${name}?`,
        act: "Delete preset",
        consequences: "It disappears from the form. Connections are not affected.",
      })}
      onRemove={({ id }, onDone) => remove.mutate(id, { onSuccess: onDone })}
    />
  )
}

/** Formats what a preset fills in: `4829 1357 0264 · us-east-1`; the cloud when it fills in neither. */
function formatValues({ draft: { providerName, request } }: Preset): string {
  const names = {
    AWS: ["awsAccountId", "accepterRegionName", "vpcId"],
    GCP: ["gcpProjectId", "networkName"],
    AZURE: ["resourceGroupName", "vnetName"],
  }[providerName]
  const values = names.map((name) => {
    const value = request[name] ?? ""
    return name === "awsAccountId" ? formatAccount(value) : value
  })
  return values.filter((value) => value !== "").join(" · ") || providerLabels[providerName]
}
