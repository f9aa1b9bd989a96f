import { awaitOwner, fillIn, type Scene } from "./scene.ts"

export const googleCloudScene: Scene = {
  id: "google-cloud",
  title: "Google Cloud, the owner forgot to peer back",
  cloud: "GCP",
  steps: [
    fillIn,
    {
      title: "Half a peering",
      caption:
        "Atlas made its half. Google Cloud tells nobody that the other half is missing; this page shows the commands for it.",
      waitFor: { status: "WAITING_FOR_USER" },
      goTo: "connection",
      acts: [{ kind: "owner", act: "create-reciprocal" }],
    },
    {
      title: "Both halves meet",
      caption: "The owner made the other half, and the networks are peered.",
      waitFor: { status: "AVAILABLE" },
      goTo: "connection",
    },
  ],
}

export const rejectedScene: Scene = {
  id: "rejected",
  title: "The request is rejected",
  cloud: "AWS",
  steps: [
    fillIn,
    awaitOwner("This time the owner says no.", [{ kind: "owner", act: "reject" }]),
    {
      title: "Rejected, and explained",
      caption: "The page says what happened, and what to do: agree with the owner, then request it again.",
      waitFor: { status: "FAILED" },
      goTo: "connection",
    },
  ],
}

export const expiryScene: Scene = {
  id: "expiry",
  title: "A request expires and is requested again",
  cloud: "AWS",
  steps: [
    fillIn,
    {
      ...awaitOwner(
        "AWS drops a request after seven days. Here they pass in twenty seconds: watch the deadline.",
        [{ kind: "days", days: 7, seconds: 20 }],
      ),
      title: "Nobody answers",
    },
    {
      title: "Expired",
      caption: "AWS dropped the request. One step deletes the failed connection and requests it again.",
      waitFor: { status: "FAILED" },
      goTo: "connection",
      acts: [{ kind: "request-again" }],
    },
    {
      title: "Requested again",
      caption: "The same request under a new id, with seven new days.",
      waitFor: { status: "PENDING_ACCEPTANCE", ofAnother: true },
      goTo: "connection",
    },
  ],
}

export const networkDeletedScene: Scene = {
  id: "network-deleted",
  title: "The network is deleted under a working connection",
  cloud: "AWS",
  steps: [
    fillIn,
    awaitOwner("The owner accepts, as usual.", [{ kind: "owner", act: "accept" }]),
    {
      title: "Available",
      caption: "The connection works. Now somebody deletes the VPC in AWS, and tells nobody.",
      waitFor: { status: "AVAILABLE" },
      goTo: "connection",
      acts: [{ kind: "owner", act: "delete-network" }],
    },
    {
      title: "Found out",
      caption: "The next poll sees it: the connection failed after it had worked.",
      waitFor: { status: "FAILED" },
      goTo: "connection",
    },
    {
      title: "When it happened",
      caption: "Activity has every status, and the two polls between which it changed.",
      goTo: "activity",
    },
  ],
}

export const sharePageScene: Scene = {
  id: "share-page",
  title: "The owner's page, side by side",
  cloud: "AWS",
  steps: [
    fillIn,
    awaitOwner("The VPC belongs to people without an account here. Next makes a link for them.", [
      { kind: "share" },
    ]),
    {
      title: "Two pages, one connection",
      caption:
        "Beside yours is the page behind the link, as its owner sees it: this connection only, and the commands for their account.",
      goTo: "connection",
      besideOwner: true,
      acts: [{ kind: "owner", act: "accept" }],
    },
    {
      title: "Both follow",
      caption: "The owner accepted in AWS. Both pages update within seconds.",
      waitFor: { status: "AVAILABLE" },
      goTo: "connection",
      besideOwner: true,
    },
  ],
}
