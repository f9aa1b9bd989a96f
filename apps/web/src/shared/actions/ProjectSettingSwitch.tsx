import type { ProjectSetting } from "@peering-desk/shared-schemas"
import { useState, type ReactNode } from "react"
import { isHeld } from "#api/answer.ts"
import { useChangeProjectSetting } from "#api/projects/project-settings.ts"
import { useProject } from "#api/projects/projects.ts"
import { useHeld } from "#shared/approvals/use-held.ts"
import { useApprovalNeed } from "#shared/approvals/use-need.ts"
import { usePermissions } from "#shared/permissions.ts"
import { ReasonDialog } from "#shared/ReasonDialog.tsx"
import { Button } from "#ui/Button.tsx"

/** What a state of a setting means, and what its switch does then. */
interface Side {
  /** Announced once the state is reached. */
  reached: string
  about: string
  /** What only administrators can do. */
  verb: string
  act: string
  busy: string
  question: string
  effects: readonly string[]
}

const refusedWhile = "Atlas refuses the change while the project has a dedicated cluster."

const sides: Record<"privateIpMode" | "customDns", { on: Side; off: Side }> = {
  privateIpMode: {
    on: {
      reached: "Peering-only mode is on",
      about: "Clusters are reachable through peering only. On Azure, they must be in one region.",
      verb: "switch it off",
      act: "Switch off",
      busy: "Switching…",
      question: "Switch peering-only mode off?",
      effects: [
        "Clusters become reachable at their public addresses, for addresses on the IP access list.",
        refusedWhile,
      ],
    },
    off: {
      reached: "Peering-only mode is off",
      about: "Clusters keep public and private addresses side by side.",
      verb: "switch it on",
      act: "Switch on",
      busy: "Switching…",
      question: "Switch peering-only mode on?",
      effects: [
        "Clusters are no longer reachable at their public addresses.",
        refusedWhile,
        "Newer versions of the Atlas API can't switch it on.",
      ],
    },
  },
  customDns: {
    on: {
      reached: "Custom DNS is enabled",
      about: "privateSrv resolves to private addresses through any DNS server.",
      verb: "disable it",
      act: "Disable custom DNS",
      busy: "Disabling…",
      question: "Disable custom DNS?",
      effects: [
        "Clusters on AWS lose their private connection strings.",
        "Applications that use one may lose access. Move them to standardSrv first.",
      ],
    },
    off: {
      reached: "Custom DNS is off",
      about: "Needed only if your own DNS servers resolve names for applications on AWS.",
      verb: "enable it",
      act: "Enable custom DNS",
      busy: "Enabling…",
      question: "Enable custom DNS?",
      effects: [
        "Every cluster on AWS in this project gets a private connection string, privateSrv.",
        "Strings that are in use stay as they are.",
        "Applications behind your own DNS servers then have to switch to privateSrv.",
      ],
    },
  },
}

/** What peering-only mode, or custom DNS of clusters on AWS, means in its state, and its switch for administrators. */
export function ProjectSettingSwitch({
  name,
  projectId,
  setting: { enabled },
  state,
}: {
  name: keyof typeof sides
  projectId: string
  setting: ProjectSetting
  /** Shown above, where no heading says the state. */
  state?: ReactNode
}) {
  const { mayAdminister, askWhom } = usePermissions()
  const change = useChangeProjectSetting(name, projectId)
  const isDns = name === "customDns"
  const needs = useApprovalNeed(projectId, isDns ? "AWS" : null, isDns ? "custom-dns" : "private-ip-mode")
  // What the open dialog asks for. A read after a lost answer must not turn it into the opposite.
  const [wanted, setWanted] = useState<boolean | null>(null)
  const showChanged = useHeld<ProjectSetting>(() => setWanted(null))
  const canOnlyEnd = useProject(projectId)?.apiVersion === "2023-01-01" && !isDns && !enabled
  const { about, verb, act } = sides[name][enabled ? "on" : "off"]
  const asked = sides[name][wanted === true ? "off" : "on"]
  const obstacle = !mayAdminister
    ? `Only administrators can ${verb}. Ask ${askWhom}.`
    : canOnlyEnd && "Atlas no longer allows switching it on."

  return (
    <div className="flow split top gap-12 gap-x-24">
      <div className="fill-260">
        {state && <p className="line">{state}</p>}
        <p className="quiet">{about}</p>
        {obstacle && <p className="quiet text-13">{obstacle}</p>}
      </div>
      {!obstacle && (
        <Button size="small" onClick={() => setWanted(!enabled)}>
          {act}…
        </Button>
      )}
      {wanted !== null && (
        <ReasonDialog
          projectId={projectId}
          question={asked.question}
          act={{ words: asked.act, busy: asked.busy }}
          needs={needs}
          isPending={change.isPending}
          error={change.error}
          onConfirm={(reason) => change.mutate({ enabled: wanted, reason }, { onSuccess: showChanged })}
          onCancel={() => {
            change.reset()
            setWanted(null)
          }}
        >
          <ul className="bullets">
            {asked.effects.map((effect) => (
              <li key={effect}>{effect}</li>
            ))}
          </ul>
        </ReasonDialog>
      )}
      <output className="visually-hidden">
        {change.isSuccess && !isHeld(change.data) && sides[name][change.data.enabled ? "on" : "off"].reached}
      </output>
    </div>
  )
}
