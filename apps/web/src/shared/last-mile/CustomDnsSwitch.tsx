import { useState } from "react"
import { useChangeProjectSetting, type ProjectSetting } from "#api/projects/project-settings.ts"
import { isHeld } from "#api/answer.ts"
import { useHeld } from "#shared/approvals/use-held.ts"
import { useApprovalNeed } from "#shared/approvals/use-need.ts"
import { usePermissions } from "#shared/permissions.ts"
import { ReasonDialog } from "#shared/ReasonDialog.tsx"
import { Button } from "#ui/Button.tsx"

/** What it means that it is enabled, and what its switch does then. */
const enabled = {
  about: "privateSrv resolves to private addresses through any DNS server.",
  next: "disable",
  words: "Disable custom DNS",
  busy: "Disabling…",
  consequences: [
    "Clusters on AWS lose their private connection strings.",
    "Applications that use one may lose access. Move them to standardSrv first.",
  ],
}
const off = {
  about: "Needed only if your own DNS servers resolve names for applications on AWS.",
  next: "enable",
  words: "Enable custom DNS",
  busy: "Enabling…",
  consequences: [
    "Every cluster on AWS in this project gets a private connection string, privateSrv.",
    "Strings that are in use stay as they are.",
    "Applications behind your own DNS servers then have to switch to privateSrv.",
  ],
}

/** The state of custom DNS of clusters on AWS, and its switch for administrators. */
export function CustomDnsSwitch({ projectId, setting }: { projectId: string; setting: ProjectSetting }) {
  const { mayAdminister, askWhom } = usePermissions()
  const change = useChangeProjectSetting("customDns", projectId)
  const needs = useApprovalNeed(projectId, "AWS", "custom-dns")
  const [isAsking, setIsAsking] = useState(false)
  const showChanged = useHeld<ProjectSetting>(() => setIsAsking(false))
  const { about, next, words, busy, consequences } = setting.enabled ? enabled : off
  return (
    <div className="flow split top gap-8 gap-x-24">
      <div className="fill-260">
        <p className="quiet">{about}</p>
        {!mayAdminister && (
          <p className="faint small">
            Only administrators can {next} it. Ask {askWhom}.
          </p>
        )}
      </div>
      {mayAdminister && (
        <Button size="small" onClick={() => setIsAsking(true)}>
          {words}…
        </Button>
      )}
      {isAsking && (
        <ReasonDialog
          projectId={projectId}
          question={`${words}?`}
          act={{ words, busy }}
          needs={needs}
          isPending={change.isPending}
          error={change.error}
          onConfirm={(reason) =>
            change.mutate({ enabled: !setting.enabled, reason }, { onSuccess: showChanged })
          }
          onCancel={() => {
            change.reset()
            setIsAsking(false)
          }}
        >
          <ul className="bullets">
            {consequences.map((consequence) => (
              <li key={consequence}>{consequence}</li>
            ))}
          </ul>
        </ReasonDialog>
      )}
      <output className="visually-hidden">
        {change.isSuccess &&
          !isHeld(change.data) &&
          `Custom DNS is ${change.data.enabled ? "enabled" : "off"}`}
      </output>
    </div>
  )
}
