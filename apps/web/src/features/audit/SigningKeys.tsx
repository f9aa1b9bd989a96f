import type { AuditKey } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { auditKeysQuery, useRotateAuditKey } from "#api/audit.ts"
import { usePerson } from "#api/session.ts"
import { Failure } from "#shared/refusals/Failure.tsx"
import { ReadFailure } from "#shared/refusals/ReadFailure.tsx"
import { Button } from "#ui/Button.tsx"
import { Copyable } from "#ui/Copyable.tsx"
import { Fact, DescriptionList } from "#ui/DescriptionList.tsx"
import { ConfirmDialog } from "#ui/overlay/ConfirmDialog.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import styles from "./audit.module.css"

/** The public keys that sign the audit log, to keep elsewhere, and their rotation. */
export function SigningKeys() {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <details className={styles.keys} onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary className="quiet">Signing keys</summary>
      {isOpen && <Keys />}
    </details>
  )
}

function Keys() {
  const read = useQuery(auditKeysQuery())
  const { data: keys, error } = read
  const [isAsking, setIsAsking] = useState(false)
  const rotate = useRotateAuditKey()
  const mayRotate = usePerson()?.access.everywhere === "administrator"
  if (keys === undefined)
    return error === null ? <p className="shell-wait">Loading the keys</p> : <ReadFailure read={read} />
  return (
    <>
      <p>
        Checkpoints are signed with Ed25519. Keep the public key outside this server: it verifies checkpoints
        and exports without it.
      </p>
      {keys.toReversed().map((key) => (
        <Key key={key.id} {...key} />
      ))}
      <Failure error={rotate.error} />
      {mayRotate && (
        <Button size="small" isBusy={rotate.isPending} onClick={() => setIsAsking(true)}>
          {rotate.isPending ? "Rotating…" : "Rotate key"}
        </Button>
      )}
      {isAsking && (
        <ConfirmDialog
          title="Rotate the signing key?"
          act="Rotate key"
          onClose={() => setIsAsking(false)}
          onConfirm={() => {
            setIsAsking(false)
            rotate.mutate()
          }}
        >
          <p>
            A new key signs from the next entry on, and the private half of the old one is deleted.
            Checkpoints of the old key stay valid.
          </p>
        </ConfirmDialog>
      )}
    </>
  )
}

function Key({ id, publicKey, createdAt, fromSequence, untilSequence, isConfirmed }: AuditKey) {
  return (
    <DescriptionList>
      <Fact label={untilSequence === null ? "Current key" : "Earlier key"}>
        <Copyable label={`id of the key from entry ${fromSequence}`} value={id} />
      </Fact>
      <Fact label="Public key">
        <Copyable label={`public key from entry ${fromSequence}`} value={publicKey} />
      </Fact>
      <Fact label="Signs">
        {untilSequence === null
          ? `entries from ${fromSequence} on`
          : `entries ${fromSequence}–${untilSequence}`}
        , since <Timestamp at={createdAt} />
      </Fact>
      {!isConfirmed && (
        <Fact label="Note">
          The key before could not confirm this one, since SESSION_SECRET did not open it.
        </Fact>
      )}
    </DescriptionList>
  )
}
