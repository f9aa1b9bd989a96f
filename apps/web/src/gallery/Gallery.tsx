import { useState } from "react"
import { Button } from "#ui/Button.tsx"
import { CopyButton } from "#ui/CopyButton.tsx"
import { EmptyState } from "#ui/EmptyState.tsx"
import { ChipChoice } from "#ui/fields/ChipChoice.tsx"
import { SegmentedControl } from "#ui/fields/SegmentedControl.tsx"
import { Kbd } from "#ui/Kbd.tsx"
import { CloudMark } from "#ui/marks/CloudMark.tsx"
import { Pill, type Tone } from "#ui/marks/Pill.tsx"
import { StateText } from "#ui/marks/StateText.tsx"
import { Meter } from "#ui/Meter.tsx"
import { Notice } from "#ui/Notice.tsx"
import { Dialog } from "#ui/overlay/Dialog.tsx"
import { Menu } from "#ui/overlay/Menu.tsx"
import { showToast } from "#ui/overlay/Toasts.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"
import { Section } from "#ui/Section.tsx"
import { RouteTabs } from "#shared/RouteTabs.tsx"
import styles from "./Gallery.module.css"
import { PathGallery } from "./PathGallery.tsx"

const states: [tone: Tone, words: string, below: string][] = [
  ["atlas", "Requesting in AWS", "usually 1 min"],
  ["you", "Accept in AWS", "2 h 47 min left"],
  ["works", "Available", "7 of 7 proven"],
  ["failed", "Refused by AWS", "in 7193 0482 6155"],
  ["closing", "Deleted", "by Olivia Marsh, 15:28"],
  ["unknown", "Unknown status", "SUSPENDED"],
]

/** Every component in every state, in development only. */
export function Gallery() {
  const [way, setWay] = useState<"cli" | "terraform" | "console">("cli")
  const [language, setLanguage] = useState<"curl" | "json">("curl")
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <PageHeader title="Gallery" crumbs={["Development"]}>
        Every component in every state
      </PageHeader>
      <Section title="States" count={states.length}>
        <div className={`grid line-above ${styles.states}`}>
          {states.map(([tone, words, below]) => (
            <div key={tone} className="row line-below gap-8 gap-x-24 high-52 pad-y-8">
              <StateText tone={tone} words={words} below={below} />
              <Pill tone={tone}>{words}</Pill>
            </div>
          ))}
        </div>
      </Section>
      <PathGallery />
      <Section title="Marks">
        <p className="row gap-12 below-12">
          <CloudMark cloud="AWS" /> <CloudMark cloud="GCP" /> <CloudMark cloud="AZURE" /> <Kbd>K</Kbd>
          <CopyButton value="vpc-0c93f7b2d15ea8046" label="VPC ID" />
        </p>
        <Meter label="Connections used" value={18} most={50} />
      </Section>
      <Section title="Actions">
        <div className="row gap-12 below-12">
          <Button kind="primary">Create connection</Button>
          <Button onClick={() => setOpen(true)}>Open dialog</Button>
          <Button kind="quiet" onClick={() => showToast("Copied 3 IDs")}>
            Show toast
          </Button>
          <Button disabled>Disabled</Button>
          <Button aria-disabled="true">Not allowed now</Button>
          <Menu
            label="More actions"
            items={[
              { title: "Edit", icon: "edit", onSelect: () => showToast("Edit") },
              {
                title: "Share",
                icon: "share",
                disabledReason: "Only requesters can share",
                onSelect: () => undefined,
              },
              { title: "Delete…", icon: "trash", isDanger: true, onSelect: () => showToast("Delete") },
            ]}
          />
          <SegmentedControl
            label="Tool"
            options={[
              { value: "cli", title: "AWS CLI" },
              { value: "terraform", title: "Terraform" },
              { value: "console", title: "Console" },
            ]}
            value={way}
            onChange={setWay}
          />
          <ChipChoice
            label="Language"
            options={[
              ["curl", "curl"],
              ["json", "JSON"],
            ]}
            value={language}
            onChoose={setLanguage}
          />
        </div>
        {isOpen && (
          <Dialog title="Delete checkout-api?" onClose={() => setOpen(false)}>
            <p>Applications using this connection lose access immediately.</p>
          </Dialog>
        )}
        <RouteTabs
          label="Views"
          tabs={[
            { title: "Setup", href: "/gallery", count: "2 of 6", isCurrent: true },
            { title: "Activity", href: "/gallery?activity", isCurrent: false },
          ]}
        />
      </Section>
      <Section title="Notices">
        {(["info", "works", "you", "failed"] as const).map((tone) => (
          <Notice key={tone} tone={tone} title={`A notice of the kind ${tone}`}>
            One sentence that says what to do.
          </Notice>
        ))}
        <EmptyState title="No connections yet" action={<Button kind="primary">New connection</Button>}>
          Connections of this project appear here.
        </EmptyState>
      </Section>
    </>
  )
}
