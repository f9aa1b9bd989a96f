import {
  everyFieldCodes,
  type AwsPeer,
  type AwsPeeringChange,
  type AwsPeeringRequest,
  type Peering,
} from "@peering-desk/shared-schemas"
import { getWaitingOn } from "@peering-desk/peering-rules"
import { useState } from "react"
import { useChangePeering } from "#api/peerings/change-peering.ts"
import { RequestError } from "#api/request-error.ts"
import { Notice } from "#ui/Notice.tsx"
import { TextField } from "#ui/fields/TextField.tsx"
import { ChangeButton } from "./ChangeButton.tsx"
import { ChangeProblem } from "./ChangeProblem.tsx"
import layout from "#ui/layout.module.css"
import { toFieldErrors, useSubmit } from "./use-submit.ts"

/** Another account or VPC makes Atlas start the connection again. */
const fields = [
  { name: "awsAccountId", label: "AWS account ID", hint: "12 digits", isCause: true },
  { name: "vpcId", label: "VPC ID", hint: "vpc-…", isCause: true },
  { name: "routeTableCidrBlock", label: "VPC CIDR", hint: "The VPC's address block", isCause: false },
] as const

/** Changes an AWS connection; shows each field before and after. */
export function ChangeConnection({ peering, peer }: { peering: Peering; peer: AwsPeer }) {
  const [wanted, setWanted] = useState<Partial<Record<string, string>>>({})
  const [reason, setReason] = useState("")
  const change = useChangePeering(peering.projectId, peering.id)
  const errors = toFieldErrors(change.error)
  const turn = getWaitingOn(peer)
  const isBusy = turn === "atlas" || turn === "closing"
  const hasFailed = turn === "failed"
  const changed = fields.flatMap(({ name, label, isCause }) => {
    const before = peer[name] ?? ""
    const after = (wanted[name] ?? before).trim()
    return after === before ? [] : [{ name, label, before, after, isCause: isCause || hasFailed }]
  })
  const startsAnew = changed.some(({ isCause }) => isCause)
  const mayNotSend = change.isPending || changed.length === 0 || isBusy

  function send(wholly: boolean) {
    const fieldsSent = Object.fromEntries(changed.map(({ name, after }) => [name, after])) as AwsPeeringChange
    change.mutate(
      { change: fieldsSent, ...(wholly && { startAnew: true }), reason: reason.trim() },
      {
        onSuccess: () => {
          setWanted({})
          setReason("")
        },
      },
    )
  }
  const submit = useSubmit(mayNotSend, () => send(hasFailed))

  return (
    <form className={layout.form} noValidate onSubmit={submit} aria-busy={change.isPending}>
      <Notice
        tone="you"
        title={
          hasFailed
            ? "A change starts the connection anew"
            : "Another account or VPC starts the connection anew"
        }
      >
        <p>
          Then traffic through it stops, and the owner of the VPC has to accept a new request within 7 days.
          Routes that point at {peer.connectionId ?? "the old request"} lead nowhere from then on, and have to
          be replaced.
          {!hasFailed && " Another CIDR does not start it anew, as Atlas documents it."}
        </p>
        <p>Its region and container can't be changed: for that, make a new one and delete this one.</p>
      </Notice>
      {isBusy && <p>Atlas is at work on it. It can be changed when it waits for you, works or has failed.</p>}
      <div className={layout.fields}>
        {fields.map(({ name, label, hint, isCause }) => (
          <TextField
            key={name}
            name={name}
            label={label}
            hint={`${hint}; ${isCause || hasFailed ? "starts it anew" : "no new start"}`}
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
      <output className={layout.block}>
        {changed.length > 0 && (
          <ul className={layout.bullets} aria-label="What changes">
            {changed.map(({ name, label, before, after, isCause }) => (
              <li key={name}>
                {label}: <code>{before || "nothing"}</code> becomes <code>{after || "nothing"}</code>
                {isCause ? ", which starts it anew" : !startsAnew && ", without a new start"}
              </li>
            ))}
          </ul>
        )}
        {change.isSuccess && changed.length === 0 && (
          <p>
            Atlas has the change.
            {change.variables.change.routeTableCidrBlock !== undefined &&
              " The access list needs the new block too."}
          </p>
        )}
      </output>
      <ChangeButton type="submit" busy={mayNotSend}>
        {change.isPending ? "Changing…" : startsAnew ? "Change it and start anew" : "Change it"}
      </ChangeButton>
      {change.isError && (
        <ChangeProblem
          error={change.error}
          asked="change"
          projectId={peering.projectId}
          about={{ request: { ...toRequest(peer), ...change.variables.change }, peer }}
          shownFields={[...fields.map(({ name }) => name), "reason"]}
          actions={
            change.variables.startAnew !== true &&
            lacksField(change.error) && (
              <ChangeButton size="small" busy={mayNotSend} onClick={() => send(true)}>
                Send every field and start anew
              </ChangeButton>
            )
          }
        />
      )}
    </form>
  )
}

/** Returns whether Atlas lacks a field that the change did not send. */
function lacksField(error: unknown): boolean {
  const problem = error instanceof RequestError ? error.problem : undefined
  return everyFieldCodes.has(problem?.atlas?.errorCode ?? null) && problem?.fields === undefined
}

/** Returns the request that would create this connection. */
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
