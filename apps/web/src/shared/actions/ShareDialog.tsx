import { useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { makeHandOff } from "#api/peerings/hand-off-links.ts"
import { formatCount } from "#copy/counts.ts"
import type { InventoryRow } from "@peering-desk/peering-rules"
import { Form } from "#ui/fields/Form.tsx"
import { Button } from "#ui/Button.tsx"
import { CopyButton } from "#ui/CopyButton.tsx"
import { SelectField } from "#ui/fields/SelectField.tsx"
import { TextField } from "#ui/fields/TextField.tsx"
import { Icon } from "#ui/marks/Icon.tsx"
import { Dialog } from "#ui/overlay/Dialog.tsx"
import { CopyOutcome } from "#ui/CopyOutcome.tsx"
import { useCopy } from "#ui/hooks/use-copy.ts"
import styles from "./actions.module.css"
import { OutcomeList } from "./OutcomeList.tsx"
import { useRun } from "./use-run.ts"

const spans = [
  ["24", "1 day"],
  ["72", "3 days"],
  ["168", "7 days"],
] as const

/** Makes a share link for each of some connections. */
export function ShareDialog({ rows, onClose }: { rows: readonly InventoryRow[]; onClose: () => void }) {
  const client = useQueryClient()
  const [whom, setWhom] = useState("")
  const [hours, setHours] = useState<(typeof spans)[number][0]>("72")
  const { outcomes, isAsked, isRunning, failed, run } = useRun(rows, async ({ project, peering }) => {
    const recipient = whom.trim() === "" ? {} : { for: whom.trim() }
    const made = await makeHandOff(client, project.id, peering.id, {
      expiresInHours: Number(hours),
      ...recipient,
    })
    return made.url
  })
  const urls = rows.flatMap(({ key, title }) => {
    const outcome = outcomes[key]
    return outcome != null && "result" in outcome ? [{ title, url: outcome.result }] : []
  })
  const what = rows.length === 1 ? (rows[0]?.title ?? "") : formatCount(rows.length, "connection")
  return (
    <Dialog title={`Share ${what} with the network owner`} onClose={() => !isRunning && onClose()}>
      <Form className="grid gap-16" onSubmit={() => void run()}>
        {!isAsked && (
          <>
            <p>
              The owner opens the link without signing in and sees this connection, its status and the steps
              for their cloud.
            </p>
            <div className={`grid low gap-12 gap-x-16 ${styles.fields}`}>
              <TextField
                label="Recipient"
                hint="Optional. Shown in your list of links."
                required={false}
                value={whom}
                onChange={(event) => setWhom(event.target.value)}
              />
              <SelectField
                label="Expires in"
                options={spans}
                value={hours}
                onChange={(next) => setHours(next ?? "72")}
              />
            </div>
          </>
        )}
        {(isAsked || rows.length > 1) && (
          <OutcomeList
            label="Share links"
            rows={rows}
            outcomes={outcomes}
            describe={({ project, network }) => `${network} in ${project.name}`}
            renderResult={(url, { title }) => (
              <>
                <code className="narrow fill-220">{url}</code>
                <CopyButton value={url} label={`link for ${title}`} />
              </>
            )}
          />
        )}
        <output className="quiet text-13">
          {urls.length > 0 && !isRunning && "Copy it now. You won't see it again."}
        </output>
        <div className="row gap-8">
          {(!isAsked || failed.length > 0) && (
            <Button kind="primary" type="submit" isBusy={isRunning}>
              {isAsked
                ? `Retry ${formatCount(failed.length, "link")}`
                : `Create ${rows.length === 1 ? "link" : formatCount(rows.length, "link")}`}
            </Button>
          )}
          {urls.length > 1 && <CopyAll text={urls.map(({ title, url }) => `${title}: ${url}`).join("\n")} />}
          <Button isBusy={isRunning} onClick={onClose}>
            {isAsked ? "Close" : "Cancel"}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}

function CopyAll({ text }: { text: string }) {
  const { copied, copy } = useCopy(text)
  return (
    <>
      <Button onClick={copy}>
        <Icon name="copy" />
        {copied === "no" ? "Copy all links" : copied === "yes" ? "Copied" : "Can't copy"}
      </Button>
      <CopyOutcome copied={copied} what="All links" />
    </>
  )
}
