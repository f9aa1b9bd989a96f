import type { CloudAccount } from "@peering-desk/shared-schemas"
import { NameCloudRole } from "@peering-desk/shared-schemas"
import { useRef, useState } from "react"
import { useNameCloudRole } from "#api/cloud-accounts.ts"
import { toFieldErrors } from "#api/request-error.ts"
import { Failure } from "#shared/refusals/Failure.tsx"
import { Form } from "#ui/fields/Form.tsx"
import { Button } from "#ui/Button.tsx"
import { TextField } from "#ui/fields/TextField.tsx"
import { Notice } from "#ui/Notice.tsx"

/** Takes the ARN of the role and has the server check it. */
export function RoleForm({ account, onConnected }: { account: CloudAccount; onConnected: () => void }) {
  const send = useNameCloudRole()
  const [roleArn, setRoleArn] = useState(account.roleArn ?? "")
  const [isTried, setIsTried] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const parsed = NameCloudRole.safeParse({ roleArn })
  const found = toFieldErrors(send.error)
  const mistake = isTried && !parsed.success ? parsed.error.issues[0]?.message : undefined
  const refusal = send.data !== undefined && send.data.state !== "reading" ? send.data.problem : null

  return (
    <Form
      className="stack gap-8"
      isBusy={send.isPending}
      onSubmit={() => {
        setIsTried(true)
        if (!parsed.success) return field.current?.focus()
        send.mutate(
          { id: account.id, roleArn: parsed.data.roleArn },
          { onSuccess: ({ state }) => state === "reading" && onConnected() },
        )
      }}
    >
      <TextField
        ref={field}
        label="ARN"
        hint="arn:aws:iam::…:role/…"
        mono
        value={roleArn}
        readOnly={send.isPending}
        error={mistake ?? found["roleArn"]}
        onChange={(event) => {
          setRoleArn(event.target.value)
          send.reset()
        }}
      />
      <Failure error={send.error} shownFields={["roleArn"]} />
      {refusal !== null && (
        <Notice tone="failed" title="The role can't be used yet" announce>
          {refusal}
        </Notice>
      )}
      <div>
        <Button type="submit" isBusy={send.isPending}>
          {send.isPending ? "Checking…" : "Check role"}
        </Button>
      </div>
    </Form>
  )
}
