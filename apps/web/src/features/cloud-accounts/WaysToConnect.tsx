import {
  buildCreateStackLink,
  buildReadingRoleTemplate,
  buildReadingRoleTerraform,
} from "@peering-desk/peering-rules"
import { type CloudAccount, CloudRight, NameCloudRole } from "@peering-desk/shared-schemas"
import { type ReactNode, useRef, useState } from "react"
import { stripInvisible } from "#forms/strip-invisible.ts"
import { saveFile } from "#shared/save-file.ts"
import { Button, LinkButton } from "#ui/Button.tsx"
import { Copyable } from "#ui/Copyable.tsx"
import { CopyOutcome } from "#ui/CopyOutcome.tsx"
import { useCopy } from "#ui/hooks/use-copy.ts"
import { Icon, type IconName } from "#ui/marks/Icon.tsx"
import { Notice } from "#ui/Notice.tsx"
import { useNameCloudRole } from "#api/cloud-accounts.ts"
import { toFieldErrors } from "#api/request-error.ts"
import { Failure } from "#shared/refusals/Failure.tsx"
import { Form } from "#ui/fields/Form.tsx"
import { TextField } from "#ui/fields/TextField.tsx"

/** Three ways to make the role of an account, and the field that takes its ARN. */
export function WaysToConnect({
  account,
  projectName,
  templateUrl,
  onConnected,
  onClose,
}: {
  account: CloudAccount
  projectName: string
  templateUrl: string | null
  onConnected: () => void
  onClose: () => void
}) {
  const { externalId, principal } = account
  return (
    <>
      <div className="stack gap-4 text-13">
        <p className="quiet wrap">For {projectName}</p>
        <p className="baseline">
          <span className="quiet">External ID</span>
          <Copyable value={externalId} label="external ID" />
        </p>
        {principal !== null && (
          <p className="baseline">
            <span className="quiet">Principal</span>
            <Copyable value={principal} label="principal" />
          </p>
        )}
      </div>
      {principal === null ? (
        <NoCredentials />
      ) : (
        <>
          <CloudFormationWay subject={{ externalId, principal }} templateUrl={templateUrl} />
          <TerraformWay subject={{ externalId, principal }} />
          <Way icon="key" title="Role ARN">
            <p className="quiet">
              From the stack's outputs, or a role you have whose trust policy names the principal and the
              external ID. Each right is checked.
            </p>
            <RoleForm account={account} onConnected={onConnected} />
          </Way>
        </>
      )}
      <div className="line-above">
        <div className="above-12">
          <Button kind="quiet" size="small" onClick={onClose}>
            Connect another account
          </Button>
        </div>
      </div>
    </>
  )
}

function TerraformWay({ subject }: { subject: { externalId: string; principal: string } }) {
  const block = buildReadingRoleTerraform({ ...subject, rights: CloudRight.options })
  const { copied, copy } = useCopy(block)
  return (
    <Way icon="code" title="Terraform">
      <p className="quiet">One role with its policy and the external ID.</p>
      <div>
        <Button onClick={copy}>
          <Icon name={copied === "yes" ? "check" : "copy"} />
          {copied === "no" ? "Copy block" : copied === "yes" ? "Copied" : "Can't copy"}
        </Button>
        <CopyOutcome copied={copied} what="Terraform block" />
      </div>
      <details className="fold">
        <summary>Show block</summary>
        <pre className="code raw-text pad-y-8 pad-x-10 small">{block}</pre>
      </details>
    </Way>
  )
}

function CloudFormationWay({
  subject,
  templateUrl,
}: {
  subject: { externalId: string; principal: string }
  templateUrl: string | null
}) {
  const save = () =>
    saveFile(buildReadingRoleTemplate({ ...subject, rights: CloudRight.options }), {
      name: "peering-desk-read.yaml",
      type: "application/yaml",
    })
  const open = (
    <LinkButton
      kind={templateUrl === null ? "secondary" : "primary"}
      href={buildCreateStackLink(subject, templateUrl)}
      target="_blank"
      rel="noreferrer"
    >
      {templateUrl === null ? "Open CloudFormation" : "Open in AWS"}
      <Icon name="external" />
    </LinkButton>
  )
  return (
    <Way icon="cloud" title="CloudFormation">
      <p className="quiet">
        {templateUrl === null
          ? "Download the template, then create a stack with it. About 2 minutes."
          : "Opens AWS with the template filled in. About 1 minute."}
      </p>
      <div className="row gap-8">
        {templateUrl !== null && open}
        <Button kind={templateUrl === null ? "primary" : "secondary"} onClick={save}>
          <Icon name="download" />
          Download template
        </Button>
        {templateUrl === null && open}
      </div>
    </Way>
  )
}

function Way({ icon, title, children }: { icon: IconName; title: string; children: ReactNode }) {
  return (
    <div className="grid top line-above text-13 mark-column gap-0 gap-x-14 pad-top-14">
      <span className="faint">
        <Icon name={icon} />
      </span>
      <div className="stack gap-8">
        <h3>{title}</h3>
        {children}
      </div>
    </div>
  )
}

function NoCredentials() {
  return (
    <Notice tone="you" title="This server has no identity in AWS">
      <p>
        The trust policy of the role must name it. The operator gives the server a web identity, an instance
        or task role, or credentials in its environment, with the right <code>sts:AssumeRole</code>. Then open
        this page again. <code>docs/cloud-accounts.md</code> has the steps.
      </p>
    </Notice>
  )
}

/** Takes the ARN of the role and has the server check it. */
function RoleForm({ account, onConnected }: { account: CloudAccount; onConnected: () => void }) {
  const send = useNameCloudRole()
  const [roleArn, setRoleArn] = useState(account.roleArn ?? "")
  const [isTried, setIsTried] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const parsed = NameCloudRole.safeParse({ roleArn: stripInvisible(roleArn) })
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
