import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { isHeld } from "#api/answer.ts"
import {
  projectSettingQuery,
  useChangeProjectSetting,
  type ProjectSetting,
} from "#api/projects/project-settings.ts"
import { useProject } from "#api/projects/projects.ts"
import { useHeld } from "#shared/approvals/use-held.ts"
import { useApprovalNeed } from "#shared/approvals/use-need.ts"
import { usePermissions, type Permissions } from "#shared/permissions.ts"
import { ReasonDialog } from "#shared/ReasonDialog.tsx"
import { Button } from "#ui/Button.tsx"
import { StateText } from "#ui/marks/StateText.tsx"
import { SettingsSection } from "./SettingsSection.tsx"
import styles from "./settings.module.css"

const refusedWhile = "Atlas refuses the change while the project has a dedicated cluster."

const modes = {
  on: {
    mark: <StateText tone="you" words="On" />,
    about: "Clusters are reachable through peering only. On Azure, they must be in one region.",
    next: "off",
    effects: [
      "Clusters become reachable at their public addresses, for addresses on the IP access list.",
      refusedWhile,
    ],
  },
  off: {
    mark: (
      <>
        <strong>Off</strong>{" "}
        <span className={`edge-strong quiet small lines-18 medium ${styles.tag}`}>Recommended</span>
      </>
    ),
    about: "Clusters keep public and private addresses side by side.",
    next: "on",
    effects: [
      "Clusters are no longer reachable at their public addresses.",
      refusedWhile,
      "Newer versions of the Atlas API can't switch it on.",
    ],
  },
} as const

/** The switch of Atlas's "Connect via Peering Only". Administrators can use it. */
export function PeeringOnlyMode({ projectId }: { projectId: string }) {
  const read = useQuery(projectSettingQuery("privateIpMode", projectId))
  const { data: mode } = read
  return (
    <SettingsSection
      title="Peering-only mode"
      about="Obsolete in Atlas. Connections on all three clouds work without it."
      read={read}
    >
      {mode !== undefined && <Mode projectId={projectId} isOn={mode.enabled} />}
    </SettingsSection>
  )
}

function Mode({ projectId, isOn }: { projectId: string; isOn: boolean }) {
  const permissions = usePermissions()
  const change = useChangeProjectSetting("privateIpMode", projectId)
  const needs = useApprovalNeed(projectId, null, "private-ip-mode")
  const [isAsking, setIsAsking] = useState(false)
  const showChanged = useHeld<ProjectSetting>(() => setIsAsking(false))
  const canOnlyEnd = useProject(projectId)?.apiVersion === "2023-01-01"
  const { mark, about, next, effects } = isOn ? modes.on : modes.off
  const obstacle = toObstacle(permissions, next, canOnlyEnd)

  return (
    <div className="flow split top gap-12 gap-x-24">
      <div className="fill-260">
        <p className="line">{mark}</p>
        <p>{about}</p>
        {obstacle !== null && <p className={`quiet text-13 ${styles.fine}`}>{obstacle}</p>}
      </div>
      {obstacle === null && (
        <Button size="small" onClick={() => setIsAsking(true)}>
          Switch {next}…
        </Button>
      )}
      {isAsking && (
        <ReasonDialog
          projectId={projectId}
          question={`Switch peering-only mode ${next}?`}
          act={{ words: `Switch ${next}`, busy: "Switching…" }}
          needs={needs}
          isPending={change.isPending}
          error={change.error}
          onConfirm={(reason) => change.mutate({ enabled: !isOn, reason }, { onSuccess: showChanged })}
          onCancel={() => {
            change.reset()
            setIsAsking(false)
          }}
        >
          <ul className="grid gap-4 discs">
            {effects.map((effect) => (
              <li key={effect}>{effect}</li>
            ))}
          </ul>
        </ReasonDialog>
      )}
      <output className="visually-hidden">
        {change.isSuccess &&
          !isHeld(change.data) &&
          `Peering-only mode is ${change.data.enabled ? "on" : "off"}`}
      </output>
    </div>
  )
}

/** Returns why the person can't switch the mode; null when they can. */
function toObstacle(
  { mayAdminister, askWhom }: Permissions,
  next: "on" | "off",
  canOnlyEnd: boolean,
): string | null {
  if (!mayAdminister) return `Only administrators can switch it ${next}. Ask ${askWhom}.`
  return next === "on" && canOnlyEnd ? "Atlas no longer allows switching it on." : null
}
