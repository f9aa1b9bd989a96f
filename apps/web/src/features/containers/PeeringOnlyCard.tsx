import { useQuery } from "@tanstack/react-query"
import { useRef, useState } from "react"
import { installationQuery } from "#api/installation.ts"
import { privateIpModeQuery, useChangePrivateIpMode } from "#api/projects/private-ip-mode.ts"
import { usePermissions } from "#shared/permissions.ts"
import { RefusalNotice } from "#shared/refusals/RefusalNotice.tsx"
import { Button } from "#ui/Button.tsx"
import { Card } from "#ui/Card.tsx"
import { Pill } from "#ui/marks/Pill.tsx"
import { toAskWhom } from "#copy/access.ts"
import { toProblemWords } from "#copy/problems.ts"
import { ReasonConfirm } from "./ReasonConfirm.tsx"
import styles from "./containers.module.css"

/** The switch of "Connect via Peering Only", which nothing needs any more. Administrators can use it. */
export function PeeringOnlyCard({ projectId }: { projectId: string }) {
  const query = useQuery(privateIpModeQuery(projectId))
  const mode = query.data
  return (
    <Card title="Peering-only mode">
      {mode === undefined && query.error === null && (
        <p className="shell-wait">Asking Atlas whether it is on</p>
      )}
      {mode === undefined && query.error !== null && (
        <RefusalNotice
          words={toProblemWords(query.error)}
          projectId={projectId}
          actions={
            <Button size="small" aria-disabled={query.isFetching} onClick={() => void query.refetch()}>
              Try again
            </Button>
          }
        />
      )}
      {mode !== undefined && <Mode projectId={projectId} isOn={mode.enabled} />}
    </Card>
  )
}

function Mode({ projectId, isOn }: { projectId: string; isOn: boolean }) {
  return (
    <div className={styles.mode}>
      {isOn ? (
        <p>
          <Pill tone="you">On</Pill> The project's clusters are reached through peering alone, and on Azure in
          one region only.
        </p>
      ) : (
        <p>
          <strong>Off.</strong> There is nothing to do.
        </p>
      )}
      <p>
        Nothing needs it. Old documentation says that Google Cloud and Azure must have it before they peer;
        since 2020 Atlas gives every cluster a private address beside its public one, and connections on all
        three clouds work without it.
      </p>
      <Switching projectId={projectId} isOn={isOn} />
    </div>
  )
}

function Switching({ projectId, isOn }: { projectId: string; isOn: boolean }) {
  const { mayAdminister, askWhom } = usePermissions()
  const { data: installation } = useQuery(installationQuery())
  const change = useChangePrivateIpMode(projectId)
  const [isAsking, setIsAsking] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const onlyOff = installation !== undefined && installation.atlasApiVersion !== "v1.0"

  if (!mayAdminister)
    return (
      <p className={styles.fine}>
        An administrator of the project can switch it {isOn ? "off" : "on"}: ask {toAskWhom(askWhom)}.
      </p>
    )
  if (!isOn && onlyOff)
    return <p className={styles.fine}>Atlas's API lets it be switched off and not on any more.</p>

  function leave() {
    setIsAsking(false)
    opener.current?.focus()
  }

  return (
    <>
      <div className={styles.actions}>
        <Button ref={opener} size="small" aria-expanded={isAsking} onClick={() => setIsAsking(true)}>
          {isOn ? "Switch it off" : "Switch it on"}
        </Button>
      </div>
      {isAsking && (
        <ReasonConfirm
          projectId={projectId}
          question={isOn ? "Switch peering-only mode off?" : "Switch peering-only mode on?"}
          act={{ words: isOn ? "Switch off" : "Switch on", busy: "Switching…" }}
          isPending={change.isPending}
          error={change.error}
          onConfirm={(reason) => change.mutate({ enabled: !isOn, reason }, { onSuccess: leave })}
          onCancel={() => {
            change.reset()
            leave()
          }}
        >
          <p>
            {isOn
              ? "Clusters can be reached by their public addresses again, by whoever is on the IP access list. Atlas refuses it while the project has a dedicated cluster."
              : "Clusters can't be reached by their public addresses then. Atlas refuses it while the project has a dedicated cluster, and newer versions of its API offer no way to do it."}
          </p>
        </ReasonConfirm>
      )}
      <output className="visually-hidden">
        {change.isSuccess && `Peering-only mode is ${change.data.enabled ? "on" : "off"}`}
      </output>
    </>
  )
}
