import { useQuery } from "@tanstack/react-query"
import type { ReactNode } from "react"
import { projectSettingQuery } from "#api/projects/project-settings.ts"
import { useProject } from "#api/projects/projects.ts"
import { toProblemWords } from "#copy/problems.ts"
import { ProjectSettingSwitch } from "#shared/actions/ProjectSettingSwitch.tsx"
import { crumbTo } from "#shared/crumb-to.tsx"
import { pagePaths } from "#shared/page-paths.ts"
import { PermissionsContext, usePermissionsIn } from "#shared/permissions.ts"
import { StateText } from "#ui/marks/StateText.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"
import { ManagedBy } from "./ManagedBy.tsx"
import { Presets } from "./Presets.tsx"
import { ShareLinks } from "./ShareLinks.tsx"
import { SettingsSection } from "./SettingsSection.tsx"
import styles from "./settings.module.css"

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
          <SwitchSection
            projectId={projectId}
            name="privateIpMode"
            title="Peering-only mode"
            about="Obsolete in Atlas. Connections on all three clouds work without it."
            on={<StateText tone="you" words="On" />}
            off={
              <>
                <strong>Off</strong>{" "}
                <span className={`edge-strong quiet small lines-18 medium ${styles.tag}`}>Recommended</span>
              </>
            }
          />
          <SwitchSection
            projectId={projectId}
            name="customDns"
            title="Custom DNS on AWS"
            about="Adds connection strings that resolve to private addresses through any DNS server."
            on={<strong>Enabled</strong>}
            off={<strong>Off</strong>}
          />
          <ManagedBy projectId={projectId} />
          <Presets projectId={projectId} />
          <ShareLinks projectId={projectId} />
        </div>
      )}
    </PermissionsContext>
  )
}

/** A setting that Atlas keeps, with the words of each state. */
function SwitchSection({
  projectId,
  name,
  on,
  off,
  ...words
}: {
  projectId: string
  name: Parameters<typeof projectSettingQuery>[0]
  title: string
  about: string
  on: ReactNode
  off: ReactNode
}) {
  const read = useQuery(projectSettingQuery(name, projectId))
  return (
    <SettingsSection {...words} read={read}>
      {read.data !== undefined && (
        <ProjectSettingSwitch
          name={name}
          projectId={projectId}
          setting={read.data}
          state={read.data.enabled ? on : off}
        />
      )}
    </SettingsSection>
  )
}
