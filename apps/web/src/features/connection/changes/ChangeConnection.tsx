import {
  editableFields,
  everyFieldCodes,
  listRequestNames,
  type AwsPeer,
  type AwsPeeringChange,
  type AwsPeeringRequest,
  type EditableField,
} from "@peering-desk/shared-schemas"
import { getWaitingOn } from "@peering-desk/peering-rules"
import { Suspense, useId, useState } from "react"
import { useChangePeering } from "#api/peerings/change-peering.ts"
import { getProblem } from "#api/request-error.ts"
import { toChangeWords } from "#copy/approval-note.ts"
import { Rewriting } from "#forms/Rewriting.tsx"
import { useConnectionPage } from "#features/connection/connection-page.ts"
import { ApprovalNote } from "#shared/approvals/ApprovalNote.tsx"
import { useHeld } from "#shared/approvals/use-held.ts"
import { useApprovalNeed } from "#shared/approvals/use-need.ts"
import { useFieldErrors } from "#shared/refusals/use-field-errors.ts"
import { PolicyChecks } from "#shared/policies/lazy-policy-checks.ts"
import { Button } from "#ui/Button.tsx"
import { Form } from "#ui/fields/Form.tsx"
import { Notice } from "#ui/Notice.tsx"
import { showToast } from "#ui/overlay/Toasts.tsx"
import { TextField } from "#ui/fields/TextField.tsx"
import { isLocked } from "#shared/managed.ts"
import { ChangeProblem } from "./ChangeProblem.tsx"
import { CopyBlock } from "#ui/CopyBlock.tsx"

const fields = (Object.entries(editableFields) as [keyof typeof editableFields, EditableField][]).map(
  ([name, { title, edit }]) => ({ name, label: title, hint: edit.hint, isCause: edit.restarts }),
)

/** Changes an AWS connection; shows each field before and after. Of one that another tool manages it shows the lines for its code. */
export function ChangeConnection({ peer }: { peer: AwsPeer }) {
  const { peering, deletion, openDialog } = useConnectionPage()
  const { projectId, id } = peering
  const [wanted, setWanted] = useState<Partial<Record<string, string>>>({})
  const [reason, setReason] = useState("")
  const change = useChangePeering(projectId, id)
  const { errors, edit } = useFieldErrors(change.error)
  const turn = getWaitingOn(peer)
  const isEnding = turn === "closing" || deletion !== null
  const isBusy = turn === "atlas" || isEnding
  const hasFailed = turn === "failed"
  const changed = fields.flatMap(({ name, label, isCause }) => {
    const before = peer[name] ?? ""
    const after = (wanted[name] ?? before).trim()
    return after === before ? [] : [{ name, label, before, after, isCause: isCause || hasFailed }]
  })
  const restarts = changed.some(({ isCause }) => isCause)
  const needs = useApprovalNeed(projectId, "AWS", "change")
  const settle = useHeld(() => {
    const cidr = changed.find(({ name }) => name === "routeTableCidrBlock")?.after
    if (cidr !== undefined) showToast(`Changed. Add ${cidr} to the IP access list too.`)
    openDialog(null)
  })
  const isManaged = isLocked(peering)
  const reasonId = useId()
  const mayNotSend = change.isPending || changed.length === 0 || isBusy || isManaged

  function send(wholly: boolean) {
    change.mutate(
      { change: toSent(changed), ...(wholly && { startAnew: true }), reason: reason.trim() },
      { onSuccess: settle },
    )
  }

  return (
    <Form className="form" isBusy={change.isPending} onSubmit={() => !mayNotSend && send(hasFailed)}>
      <Notice
        tone="you"
        title={
          hasFailed
            ? "Any change restarts the connection"
            : "Changing the account or VPC restarts the connection"
        }
      >
        <p>
          Traffic through it stops, and the VPC owner has to accept a new request within 7 days. Routes to{" "}
          {peer.connectionId ?? "the old request"} stop working.
          {!hasFailed && " Changing the CIDR does not restart it."}
        </p>
        <p>Region and container can't be changed. Create a new connection for those.</p>
      </Notice>
      {isBusy && (
        <p id={`${reasonId}-busy`}>
          {isEnding
            ? `${deletion === null ? "Atlas is deleting this connection" : "This connection is deleted"}. It can't be edited any more.`
            : "In progress at Atlas. Edit it once it waits for acceptance, is available or has failed."}
        </p>
      )}
      <div className="fields">
        {fields.map(({ name, label, hint, isCause }) => {
          const put = edit((text) => setWanted((all) => ({ ...all, [name]: text })), name)
          return (
            <Rewriting key={name} field={name} cloud="AWS" onChange={put}>
              <TextField
                name={name}
                label={label}
                hint={`${hint} · ${isCause || hasFailed ? "restarts" : "does not restart"} the connection`}
                mono
                value={wanted[name] ?? peer[name] ?? ""}
                error={errors[name]}
                onChange={put}
              />
            </Rewriting>
          )
        })}
        {!isManaged && (
          <TextField
            name="reason"
            label="Reason"
            hint="Stored in the audit log"
            value={reason}
            error={errors["reason"]}
            onChange={edit(setReason, "reason")}
          />
        )}
      </div>
      <output className="block">
        {changed.length > 0 && (
          <ul className="bullets" aria-label="What changes">
            {changed.map(({ name, label, before, after, isCause }) => (
              <li key={name}>
                {label}: <code>{before || "(empty)"}</code> → <code>{after || "(empty)"}</code>
                {isCause ? ", restarts the connection" : !restarts && ", no restart"}
              </li>
            ))}
          </ul>
        )}
      </output>
      {changed.length > 0 && (
        <Suspense>
          <PolicyChecks
            projectId={projectId}
            question={{ kind: "change", peeringId: id, change: toSent(changed) }}
          />
        </Suspense>
      )}
      {change.isError && (
        <ChangeProblem
          error={change.error}
          asked="change"
          projectId={projectId}
          about={{ request: { ...toRequest(peer), ...change.variables.change }, peer }}
          shownFields={[...fields.map(({ name }) => name), "reason"]}
          actions={
            change.variables.startAnew !== true &&
            lacksField(change.error) && (
              <Button size="small" isBusy={mayNotSend} onClick={() => send(true)}>
                Send every field and restart
              </Button>
            )
          }
        />
      )}
      {isManaged ? (
        <CodePatch changed={changed} tool={peering.managedBy ?? ""} />
      ) : (
        <>
          <ApprovalNote needs={needs} />
          <div className="row">
            <Button
              type="submit"
              isBusy={mayNotSend}
              aria-describedby={isBusy ? `${reasonId}-busy` : reasonId}
            >
              {toChangeWords(needs, change.isPending, {
                words: restarts ? "Save and restart" : "Save changes",
                busy: "Saving…",
              })}
            </Button>
            <Button kind="quiet" isBusy={change.isPending} onClick={() => openDialog(null)}>
              Cancel
            </Button>
            <span id={reasonId} className="quiet text-13">
              {!isBusy && changed.length === 0 && "Change a field to save."}
            </span>
          </div>
        </>
      )}
    </Form>
  )
}

function toSent(changed: readonly { name: string; after: string }[]): AwsPeeringChange {
  return Object.fromEntries(changed.map(({ name, after }) => [name, after])) as AwsPeeringChange
}

/** Returns whether Atlas lacks a field that the change did not send. */
function lacksField(error: unknown): boolean {
  const problem = getProblem(error)
  return everyFieldCodes.has(problem?.atlas?.errorCode ?? null) && problem?.fields === undefined
}

/** Returns the request that would create this connection. */
function toRequest(peer: AwsPeer): AwsPeeringRequest {
  const values = listRequestNames("AWS").map((name) => [name, Reflect.get(peer, name) ?? ""])
  return { providerName: "AWS", ...Object.fromEntries(values) } as AwsPeeringRequest
}

/** A value of a connection before and after a change. */
interface ChangedValue {
  name: string
  before: string
  after: string
}

/** The lines to change in the Terraform resource of a connection. */
function CodePatch({ changed, tool }: { changed: readonly ChangedValue[]; tool: string }) {
  if (changed.length === 0) return <p>Change a value to get the lines for the code of {tool}.</p>
  const lines = changed.flatMap(({ name, before, after }) => {
    const attribute = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    return [`-  ${attribute} = ${JSON.stringify(before)}`, `+  ${attribute} = ${JSON.stringify(after)}`]
  })
  const text = [' resource "mongodbatlas_network_peering"', ...lines].join("\n")
  return <CopyBlock label="Terraform" about={`the change for ${tool}`} text={text} />
}
