import { providerLabels, type Preset } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useRef, useState } from "react"
import { Link } from "wouter"
import { presetsQuery, useDeletePreset } from "#api/projects/presets.ts"
import { formatAccount } from "#copy/peerings.ts"
import { toProblemWords } from "#copy/problems.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { usePermissions } from "#shared/permissions.ts"
import { Button } from "#ui/Button.tsx"
import { CloudMark } from "#ui/marks/CloudMark.tsx"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { ConfirmDialog } from "./ConfirmDialog.tsx"
import { SettingsSection } from "./SettingsSection.tsx"
import styles from "./settings.module.css"

/** The saved values for the create form, each with who saved it. */
export function Presets({ projectId }: { projectId: string }) {
  const { data: presets, error, isFetching, refetch } = useQuery(presetsQuery(projectId))
  const remove = useDeletePreset(projectId)
  const { mayChange } = usePermissions()
  const [asked, setAsked] = useState<Preset | null>(null)
  const list = useRef<HTMLDivElement>(null)
  return (
    <SettingsSection
      title="Presets"
      about="Saved values for the create form."
      isLoading={presets === undefined}
      error={presets === undefined ? error : null}
      isFetching={isFetching}
      onRetry={() => void refetch()}
    >
      <div ref={list} tabIndex={-1} className={styles.list}>
        {remove.isError && <ProblemNotice {...toProblemWords(remove.error)} announce />}
        {presets?.length === 0 ? (
          <p>
            No presets yet.{" "}
            {mayChange && (
              <>
                Save one in <Link href={pagePaths.newConnection(projectId)}>New connection</Link>.
              </>
            )}
          </p>
        ) : (
          <ul className={styles.rows} aria-label="Presets">
            {presets?.map((preset) => (
              <li key={preset.id} className={styles.preset}>
                <CloudMark cloud={preset.draft.providerName} />
                <strong>{preset.name}</strong>
                <span className={`${styles.values} mono`}>{formatValues(preset)}</span>
                <span className={styles.fine}>
                  {preset.by}, <Timestamp at={preset.at} />
                </span>
                {mayChange && (
                  <Button size="small" onClick={() => setAsked(preset)}>
                    Delete… <span className="visually-hidden">{preset.name}</span>
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </div>
      {asked !== null && (
        <ConfirmDialog
          title={`Delete the preset ${asked.name}?`}
          act="Delete preset"
          onClose={() => setAsked(null)}
          onConfirm={() => {
            // The button of the deleted row is gone by then.
            remove.mutate(asked.id, { onSuccess: () => list.current?.focus() })
            setAsked(null)
          }}
        >
          Nobody can fill the form from it any more. Connections are not affected.
        </ConfirmDialog>
      )}
    </SettingsSection>
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
