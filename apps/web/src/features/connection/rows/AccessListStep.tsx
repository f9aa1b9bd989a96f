import type { AccessListEntry, AtlasPeer, Container } from "@peering-desk/shared-schemas"
import { findCovering, isCrossRegion, nameEntry } from "@peering-desk/peering-rules"
import { useQuery } from "@tanstack/react-query"
import { Suspense, useState } from "react"
import { accessListQuery, useAddToAccessList } from "#api/projects/access-list.ts"
import { RefusalNotice } from "#shared/refusals/RefusalNotice.tsx"
import { Button } from "#ui/Button.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { Pill, type Tone } from "#ui/marks/Pill.tsx"
import { Form } from "#ui/fields/Form.tsx"
import { TextField } from "#ui/fields/TextField.tsx"
import { toChangeWords } from "#copy/approval-note.ts"
import { ApprovalNote } from "#shared/approvals/ApprovalNote.tsx"
import { useHeld } from "#shared/approvals/use-held.ts"
import { useApprovalNeed } from "#shared/approvals/use-need.ts"
import { usePermissions } from "#shared/permissions.ts"
import { PolicyChecks } from "#shared/policies/lazy-policy-checks.ts"
import { toProblemWords } from "#copy/problems.ts"
import { Rewriting } from "#forms/Rewriting.tsx"
import { useConnectionPage } from "#features/connection/connection-page.ts"
import { ChangeProblem } from "#features/connection/changes/ChangeProblem.tsx"
import { useFieldErrors } from "#shared/refusals/use-field-errors.ts"

/** Adds the network to the project's access list, and follows the entry until Atlas has it. */
export function AccessListStep() {
  const { peering, container } = useConnectionPage()
  const { projectId, peer } = peering
  const own = getNetworkBlock(peer)
  const [wanted, setWanted] = useState(own)
  const [asked, setAsked] = useState(own)
  const [isAdding, setAdding] = useState(false)
  const list = useQuery(accessListQuery(projectId, [asked].filter(Boolean)))
  const entry = wanted.trim()
  const covering = findCovering(list.data ?? [], entry)
  const isListed = covering.length > 0 && covering.every(({ deleteAfterDate }) => deleteAfterDate == null)
  const { mayChange, askWhom } = usePermissions()

  return (
    <>
      {list.isError && (
        <RefusalNotice
          before="Can't read the access list: "
          words={toProblemWords(list.error)}
          projectId={projectId}
        />
      )}
      {covering.length > 0 && <Covering entries={covering} wanted={entry} />}
      {isListed && entry === asked && !isAdding ? (
        <div>
          {mayChange && (
            <Button
              size="small"
              onClick={() => {
                setWanted("")
                setAdding(true)
              }}
            >
              Add another entry
            </Button>
          )}
        </div>
      ) : !mayChange ? (
        <p>
          Your role can't add entries. Ask {askWhom} to add {own || "them"}.
        </p>
      ) : (
        <EntryForm
          field={toEntryField(peer, container, entry)}
          takesFocus={isAdding}
          wanted={wanted}
          onWanted={setWanted}
          onAdded={() => {
            setAsked(entry)
            setAdding(false)
          }}
        />
      )}
    </>
  )
}

function EntryForm({
  field: { name, label, hint },
  takesFocus,
  wanted,
  onWanted,
  onAdded,
}: {
  field: EntryField
  takesFocus: boolean
  wanted: string
  onWanted: (wanted: string) => void
  onAdded: () => void
}) {
  const { peering, name: connection } = useConnectionPage()
  const { projectId, peer } = peering
  const [reason, setReason] = useState("")
  const add = useAddToAccessList(projectId)
  const needs = useApprovalNeed(projectId, peer.providerName, "access-list")
  const showAdded = useHeld<AccessListEntry>(() => {
    onAdded()
    setReason("")
  })
  const entry = wanted.trim()
  const { errors, edit } = useFieldErrors(add.error)
  const put = edit(onWanted, "cidrBlock", "awsSecurityGroup")

  function send() {
    const comment = `Peering ${connection}`.slice(0, 80)
    add.mutate({ entry: { [name]: entry, comment }, reason: reason.trim() }, { onSuccess: showAdded })
  }

  return (
    <Form className="form" isBusy={add.isPending} onSubmit={send}>
      <div className="fields">
        <Rewriting field="routeTableCidrBlock" cloud="AWS" onChange={put}>
          <TextField
            ref={takesFocus ? focusOn : undefined}
            name={name}
            label={label}
            hint={hint}
            mono
            value={wanted}
            error={errors["cidrBlock"] ?? errors["awsSecurityGroup"]}
            onChange={put}
          />
        </Rewriting>
        <TextField
          label="Reason for the entry"
          hint="Stored in the audit log"
          value={reason}
          error={errors["reason"]}
          onChange={edit(setReason, "reason")}
        />
      </div>
      {entry !== "" && (
        <Suspense>
          <PolicyChecks projectId={projectId} question={{ kind: "access-list-add", entry }} />
        </Suspense>
      )}
      <ApprovalNote needs={needs} />
      <Button type="submit" size="small" isBusy={add.isPending}>
        {toChangeWords(needs, add.isPending, { words: "Add to the access list", busy: "Adding…" })}
      </Button>
      {add.isError && (
        <ChangeProblem
          error={add.error}
          asked="access-list"
          projectId={projectId}
          about={{ entry: add.variables.entry }}
          shownFields={[name, "reason"]}
        />
      )}
    </Form>
  )
}

/** Takes the focus of the button that opened the form. */
const focusOn = (input: HTMLInputElement | null) => input?.focus()

interface EntryField {
  name: "cidrBlock" | "awsSecurityGroup"
  label: string
  hint: string
}

/** Builds the field of an entry, which can be a security group for a VPC in the container's region. */
function toEntryField(peer: AtlasPeer, container: Container | null, entry: string): EntryField {
  const field = { name: "cidrBlock", label: "CIDR" } as const
  if (peer.providerName !== "AWS") return { ...field, hint: "The addresses your applications connect from" }
  if (isCrossRegion(peer, container)) return { ...field, hint: "10.0.0.0/16" }
  return {
    name: entry.startsWith("sg-") ? "awsSecurityGroup" : "cidrBlock",
    label: "CIDR or security group",
    hint: "10.0.0.0/16 or sg-…",
  }
}

/** Returns the addresses of the network, as far as the request names them. */
const getNetworkBlock = (peer: AtlasPeer) =>
  peer.providerName === "AWS" ? (peer.routeTableCidrBlock ?? "") : ""

const statusTones: Readonly<Record<string, Tone>> = { ACTIVE: "works", PENDING: "atlas", FAILED: "failed" }

function Covering({ entries, wanted }: { entries: readonly AccessListEntry[]; wanted: string }) {
  const names = entries.map(nameEntry)
  const status = entries.find((entry) => entry.status !== "ACTIVE")?.status ?? entries[0]?.status ?? ""
  const comment = entries.length === 1 ? entries[0]?.comment : null
  const end = entries.flatMap(({ deleteAfterDate }) => deleteAfterDate ?? []).toSorted()[0]
  return (
    <output className="block">
      <Pill tone={statusTones[status] ?? "works"}>{status || "Listed"}</Pill> The access list has{" "}
      <code>{names.join(", ")}</code>
      {names[0] !== wanted && (
        <>
          , which {names.length === 1 ? "covers" : "together cover"} <code>{wanted}</code>
        </>
      )}
      {comment ? ` (${comment})` : ""}
      {end !== undefined && (
        <>
          {" "}
          until <Timestamp at={end} />, then Atlas removes it and the network loses access
        </>
      )}
      .
    </output>
  )
}
