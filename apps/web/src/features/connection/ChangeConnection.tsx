import type { AwsPeer, AwsPeeringChange, AwsPeeringRequest, Peering } from "@peering-desk/shared-schemas"
import { toTurnOf } from "@peering-desk/peering-rules"
import { useState } from "react"
import { useChangePeering } from "#api/change-peering.ts"
import { Notice } from "#ui/Notice.tsx"
import { TextField } from "#ui/TextField.tsx"
import { ChangeButton } from "./ChangeButton.tsx"
import { ChangeProblem } from "./ChangeProblem.tsx"
import styles from "./connection.module.css"
import { toFieldErrors, useSubmit } from "./use-submit.ts"

const fields = [
  { name: "awsAccountId", label: "AWS account ID", hint: "12 digits" },
  { name: "vpcId", label: "VPC ID", hint: "vpc-…" },
  { name: "routeTableCidrBlock", label: "VPC CIDR", hint: "The VPC's address block" },
] as const

/** Changes an AWS connection, with what it was and what it becomes side by side. */
export function ChangeConnection({ peering, peer }: { peering: Peering; peer: AwsPeer }) {
  const [wanted, setWanted] = useState<Partial<Record<string, string>>>({})
  const [reason, setReason] = useState("")
  const change = useChangePeering(peering.projectId, peering.id)
  const errors = toFieldErrors(change.error)
  const changed = fields.flatMap(({ name, label }) => {
    const before = peer[name] ?? ""
    const after = (wanted[name] ?? before).trim()
    return after === before ? [] : [{ name, label, before, after }]
  })
  const turn = toTurnOf(peer)
  const isBusy = turn === "atlas" || turn === "closing"
  const submit = useSubmit(change.isPending || changed.length === 0 || isBusy, () =>
    change.mutate(
      {
        change: Object.fromEntries(changed.map(({ name, after }) => [name, after])) as AwsPeeringChange,
        reason: reason.trim(),
      },
      {
        onSuccess: () => {
          setWanted({})
          setReason("")
        },
      },
    ),
  )

  return (
    <form
      className={`${styles.form} ${styles.stack}`}
      noValidate
      onSubmit={submit}
      aria-busy={change.isPending}
    >
      <Notice tone="you" title="A change starts the connection anew">
        <p>
          Traffic through it stops, and the owner of the VPC has to accept it again within 7 days. Its region
          and container can't be changed: for that, make a new one and delete this one.
        </p>
      </Notice>
      {isBusy && <p>Atlas is at work on it. It can be changed when it waits for you, works or has failed.</p>}
      <div className={styles.fields}>
        {fields.map(({ name, label, hint }) => (
          <TextField
            key={name}
            name={name}
            label={label}
            hint={hint}
            mono
            value={wanted[name] ?? peer[name] ?? ""}
            error={errors[name]}
            onChange={(event) => setWanted({ ...wanted, [name]: event.target.value })}
          />
        ))}
        <TextField
          name="reason"
          label="Reason for the change"
          hint="Kept in the audit trail"
          value={reason}
          error={errors["reason"]}
          onChange={(event) => setReason(event.target.value)}
        />
      </div>
      <output className={styles.said}>
        {changed.length > 0 && (
          <ul className={styles.sentences} aria-label="What changes">
            {changed.map(({ name, label, before, after }) => (
              <li key={name}>
                {label}: <code>{before || "nothing"}</code> becomes <code>{after || "nothing"}</code>
              </li>
            ))}
          </ul>
        )}
      </output>
      <ChangeButton type="submit" busy={change.isPending || changed.length === 0 || isBusy}>
        {change.isPending ? "Changing…" : "Change it and start anew"}
      </ChangeButton>
      {change.isError && (
        <ChangeProblem
          error={change.error}
          projectId={peering.projectId}
          about={{ request: { ...toRequest(peer), ...change.variables.change }, peer }}
          shownFields={[...fields.map(({ name }) => name), "reason"]}
        />
      )}
    </form>
  )
}

/** The connection as it would be asked for now. */
function toRequest({
  containerId,
  accepterRegionName,
  awsAccountId,
  routeTableCidrBlock,
  vpcId,
}: AwsPeer): AwsPeeringRequest {
  return {
    providerName: "AWS",
    containerId: containerId ?? "",
    accepterRegionName: accepterRegionName ?? "",
    awsAccountId: awsAccountId ?? "",
    routeTableCidrBlock: routeTableCidrBlock ?? "",
    vpcId: vpcId ?? "",
  }
}
