import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { readNameLookup, readPortTry } from "./read-outcome.ts"
import { readRoleAssignments } from "./read-role-assignments.ts"

const atlas = "10.8.0.0/21"
const lookup = (answer: string) =>
  `Server:\t\t10.0.0.2\nAddress:\t10.0.0.2#53\n\nNon-authoritative answer:\n${answer}\n`

describe("readNameLookup", () => {
  test("says that a name in the container's block works", () => {
    expect(readNameLookup(lookup("Name:\tec2.example\nAddress: 10.8.1.17"), "AWS", atlas)).toMatchObject({
      verdict: "works",
      next: null,
    })
  })

  test.each([
    ["AWS", "Enable DNS resolution and hostnames"],
    ["GCP", "-pri"],
    ["AZURE", "-pri"],
  ] as const)("says how to get the private address, for a public one on %s [I2]", (providerName, next) => {
    const reading = readNameLookup(lookup("Address: 52.4.1.9"), providerName, atlas)
    expect(reading).toMatchObject({ verdict: "not-yet", next: expect.stringContaining(next) as string })
  })

  test("names another container or a private endpoint, for a private address outside the block", () => {
    expect(readNameLookup(lookup("Address: 10.99.0.1"), "AWS", atlas).next).toContain("private endpoint")
  })

  test("ignores the name server's address, also as Windows prints it", () => {
    const windows =
      "Server:  UnKnown\r\nAddress:  8.8.8.8\r\n\r\nName:    x.mongodb.net\r\nAddress:  10.8.2.2\r\n"
    expect(readNameLookup(windows, "GCP", atlas).verdict).toBe("works")
  })

  test.each([
    "Non-authoritative answer:\nName:\tx.mongodb.net\nAddress: 10.8.1.17\n\n*** Can't find x.mongodb.net: No answer",
    "** server can't find x.mongodb.net.ec2.internal: NXDOMAIN\n\nName:\tx.mongodb.net\nAddress: 10.8.1.17",
    ";; communications error to 10.0.0.2#53: timed out\nName:\tx.mongodb.net\nAddress: 10.8.1.17",
  ])("reads the answer among unanswered questions: %j", (answer) => {
    // BusyBox asks for an IPv6 address too, and writes the server's port with a colon.
    const text = `Server:\t\t10.0.0.2\nAddress:\t10.0.0.2:53\n\n${answer}\n`
    expect(readNameLookup(text, "AWS", atlas).verdict).toBe("works")
  })

  const dig = (status: string, answer: string) =>
    [
      "; <<>> DiG 9.18.24 <<>> x.mongodb.net @52.4.1.9",
      ";; global options: +cmd",
      `;; ->>HEADER<<- opcode: QUERY, status: ${status}, id: 7`,
      ";; QUESTION SECTION:",
      ";x.mongodb.net.\t\tIN\tA",
      "",
      answer,
      ";; SERVER: 52.4.1.9#53(52.4.1.9) (UDP)",
    ].join("\n")

  test("ignores the server that dig was sent to", () => {
    const answered = dig("NOERROR", "x.mongodb.net.\t60\tIN\tA\t10.8.1.17")
    expect(readNameLookup(answered, "AWS", atlas).verdict).toBe("works")
    expect(readNameLookup(dig("NXDOMAIN", ""), "AWS", atlas).says).toContain("name doesn't exist")
    expect(readNameLookup(dig("SERVFAIL", ""), "AWS", atlas).says).toContain("DNS server didn't answer")
  })

  test.each([
    ["** server can't find x.mongodb.net: NXDOMAIN", "name doesn't exist"],
    [lookup("** server can't find x.mongodb.net: NXDOMAIN"), "name doesn't exist"],
    [
      "Server:  UnKnown\nAddress:  8.8.8.8\n*** UnKnown can't find x.mongodb.net: No answer",
      "name doesn't exist",
    ],
    ["Server:\t10.0.0.2\nAddress 1: 10.0.0.2 ns\n\nnslookup: can't find '10.8.1.17'", "name doesn't exist"],
    [";; connection timed out; no servers could be reached", "DNS server didn't answer"],
    ["*** Request to 8.8.8.8 timed out", "DNS server didn't answer"],
    [
      "Serveur :   UnKnown\nAddress:  10.20.0.2\n\n*** UnKnown ne parvient pas à trouver x : Non-existent domain",
      "name doesn't exist",
    ],
  ])("does not blame the peering for %s", (text, says) => {
    expect(readNameLookup(text, "AWS", atlas).says).toContain(says)
  })

  test.each(["Servidor:  dns.google", "Serveur :   dns.google", "サーバー:  dns.google"])(
    "does not count the address of the server that Windows names by %s",
    (server) => {
      const text = `${server}\nAddress:  8.8.8.8\n\nNombre:  x.mongodb.net\nAddress:  10.8.1.17\n`
      expect(readNameLookup(text, "AWS", atlas).verdict).toBe("works")
    },
  )

  test.each([
    [
      "dig's further sections",
      [
        ";; ANSWER SECTION:",
        "x.mongodb.net.\t60\tIN\tA\t10.8.1.17",
        "",
        ";; AUTHORITY SECTION:",
        "mongodb.net.\t60\tIN\tNS\tns-1.awsdns-01.com.",
        "",
        ";; ADDITIONAL SECTION:",
        "ns-1.awsdns-01.com.\t60\tIN\tA\t205.251.192.1",
      ],
    ],
    [
      "nslookup's authoritative servers",
      [
        "Non-authoritative answer:",
        "Name:\tx.mongodb.net",
        "Address: 10.8.1.17",
        "",
        "Authoritative answers can be found from:",
        "mongodb.net\tnameserver = ns-1.awsdns-01.com.",
        "ns-1.awsdns-01.com\tinternet address = 205.251.192.1",
      ],
    ],
  ])("ignores the zone's name servers in %s", (_, lines) => {
    expect(readNameLookup(lines.join("\n"), "AWS", atlas).verdict).toBe("works")
    // A second look-up below them is an answer again.
    const twice = [...lines, "; <<>> DiG 9.18.24 <<>> y", ";; ANSWER SECTION:", "y.\t60\tIN\tA\t52.4.1.9"]
    expect(readNameLookup(twice.join("\n"), "AWS", atlas).says).toContain("a public IP")
    const again = [...lines, "Server:\t\t10.0.0.2", "Address:\t10.0.0.2#53", "", "Address: 52.4.1.9"]
    expect(readNameLookup(again.join("\n"), "AWS", atlas).says).toContain("a public IP")
  })

  test.each([
    ["nslookup", "_mongodb._tcp.x.mongodb.net\tservice = 0 0 27017 x-shard-00-00.ab1cd.mongodb.net."],
    ["dig", "_mongodb._tcp.x.mongodb.net. 60 IN SRV 0 0 27017 x-shard-00-00.ab1cd.mongodb.net."],
    ["dig 9.20", "_mongodb._tcp.x.mongodb.net. 60\tIN\tSRV\t0 0 27017 x-shard-00-00.ab1cd.mongodb.net."],
    [
      "Windows",
      "_mongodb._tcp.x.mongodb.net SRV service location:\r\n  port = 27017\r\n  svr hostname = x-shard-00-00.ab1cd.mongodb.net",
    ],
  ])("leads from an SRV record of %s to the host to look up next", (_, text) => {
    expect(readNameLookup(text, "AWS", atlas)).toEqual({
      verdict: "not-yet",
      says: "These are the cluster's hosts without addresses.",
      next: "Look up one of them: x-shard-00-00.ab1cd.mongodb.net.",
    })
  })

  // Output of bind9-host 9.20, asked with a server.
  const ofHost = (...answer: string[]) =>
    ["Using domain server:", "Name: 127.0.0.1", "Address: 127.0.0.1#5353", "Aliases: ", "", ...answer].join(
      "\n",
    )

  test("ignores the server that host was sent to", () => {
    const found = ofHost("x.mongodb.net has address 10.8.0.5", "Host x.mongodb.net not found: 3(NXDOMAIN)")
    expect(readNameLookup(found, "AWS", atlas).verdict).toBe("works")
    const outside = ofHost("x.mongodb.net has address 52.4.1.9")
    expect(readNameLookup(outside, "AWS", atlas).says).toContain("a public IP")
    const missing = ofHost("Host x.mongodb.net not found: 3(NXDOMAIN)")
    expect(readNameLookup(missing, "AWS", atlas).says).toBe("The name doesn't exist.")
    const hosts = ofHost("_mongodb._tcp.x.mongodb.net has SRV record 0 0 27017 h0.mongodb.net.")
    expect(readNameLookup(hosts, "AWS", atlas).next).toBe("Look up one of them: h0.mongodb.net.")
  })

  test("says that a loopback address is this machine, and not that it is public", () => {
    const reading = readNameLookup(lookup("Name:\tx.mongodb.net\nAddress: 127.0.0.1"), "AWS", atlas)
    expect(reading).toMatchObject({ verdict: "not-yet", says: "The name resolves to this machine." })
  })

  test("returns unreadable for any other text", () => {
    expect(readNameLookup("hello", "AWS", atlas).verdict).toBe("unreadable")
  })
})

test("readPortTry reads a megabyte of one word in one pass", () => {
  expect(readPortTry("a".repeat(1_000_000)).verdict).toBe("unreadable")
})

describe("readPortTry [I1]", () => {
  test.each([
    ["Connection to x 27017 port [tcp/*] succeeded!", "works", "nothing"],
    ["x [10.8.1.2] 27017 (?) open", "works", "nothing"],
    ["x (10.8.1.2:27017) open", "works", "nothing"],
    ["$ nc -vz x 27017\r\nx [10.8.1.2] 27017 (?) open\r\n$ ", "works", "nothing"],
    ["Trying 10.8.1.2...\nConnected to x.\nEscape character is '^]'.", "works", "nothing"],
    ["Ncat: Version 7.93\nNcat: Connected to 10.8.1.2:27017.", "works", "nothing"],
    ["TcpTestSucceeded : True", "works", "nothing"],
    ["Connection to failed-over.ab1cd.mongodb.net 27017 port [tcp/*] succeeded!", "works", "nothing"],
    [
      "Connecting To x...Could not open connection to the host, on port 27017: Connect failed",
      "not-yet",
      "access list",
    ],
    ["nc: open failed: administratively prohibited", "not-yet", "access list"],
    ["telnet: Unable to connect to remote host: Connection refused", "not-yet", "connection string"],
    [
      "x [10.8.1.2] 27017 (?) : Connection refused\ny [10.8.1.3] 27017 (?) open",
      "not-yet",
      "connection string",
    ],
    ["(UNKNOWN) [10.8.1.2] 27017 (?) : Connection timed out", "not-yet", "access list"],
    ["Ncat: TIMEOUT.", "not-yet", "access list"],
    ["nc: bad address 'x'", "not-yet", "nslookup"],
    ["WARNING: Name resolution of x failed", "not-yet", "nslookup"],
    ["The door is open", "unreadable", "Paste"],
    ["nc: connect to x port 27017 (tcp) timed out: Operation now in progress", "not-yet", "access list"],
    ["TcpTestSucceeded : False", "not-yet", "access list"],
    ["nc: connect to x port 27018 (tcp) failed: Connection refused", "not-yet", "connection string"],
    ["nc: getaddrinfo for host failed: Name or service not known", "not-yet", "nslookup"],
    ["nc: connect to x port 27017 (tcp) failed: No route to host", "not-yet", "route table"],
    ["$", "unreadable", "Paste"],
    // Debian's netcat-traditional, at a private address without a reverse name.
    [
      "10.8.1.2: inverse host lookup failed: Unknown host\n(UNKNOWN) [10.8.1.2] 27017 (?) open",
      "works",
      "nothing",
    ],
    [
      "10.8.1.2: inverse host lookup failed: Host name lookup failure\n(UNKNOWN) [10.8.1.2] 27017 (?) : Connection refused",
      "not-yet",
      "connection string",
    ],
    ["x: forward host lookup failed: Unknown host", "not-yet", "nslookup"],
    // BusyBox 1.37 on Debian knows neither -v nor -z.
    [
      "nc: invalid option -- 'v'\nBusyBox v1.37.0 (Debian 1:1.37.0-6+b9) multi-call binary.\n\nUsage: nc [-iN] [-wN]\n\t-w SEC\tConnect timeout",
      "unreadable",
      "telnet",
    ],
    ["nc: can't connect to remote host (10.8.1.2): Connection refused", "not-yet", "connection string"],
    ["Connected to 10.8.1.2", "works", "nothing"],
    ["RemotePort : 27016\nTcpTestSucceeded : True", "works", "nothing"],
    ["RemotePort : 443\nTcpTestSucceeded : True", "not-yet", "27015 to 27017"],
    ["Connection to localhost (127.0.0.1) 22 port [tcp/ssh] succeeded!", "not-yet", "27015 to 27017"],
    ["x [10.8.1.2] 443 (https) open", "not-yet", "27015 to 27017"],
    ["x (10.8.1.2:443) open", "not-yet", "27015 to 27017"],
    ["Ncat: Connected to 10.0.0.5:443.", "not-yet", "27015 to 27017"],
  ])("reads %s", (text, verdict, next) => {
    const reading = readPortTry(text)
    expect(reading.verdict).toBe(verdict)
    expect(reading.next ?? "nothing").toContain(next)
  })
})

describe("readRoleAssignments", () => {
  const network = {
    azureDirectoryId: "d",
    azureSubscriptionId: "66666666-7777-8888-9999-000000000000",
    resourceGroupName: "net",
    vnetName: "hub",
  }
  const scope =
    "/subscriptions/66666666-7777-8888-9999-000000000000/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/hub"
  const ofAtlas = {
    principalName: "e90a1407-55c3-432d-9cb1-3638900a9d22",
    roleDefinitionName: "AtlasPeering/66666666-7777-8888-9999-000000000000/net/hub",
    scope,
  }
  const read = (list: unknown) => readRoleAssignments(JSON.stringify(list), network)

  test("accepts the role on this VNet, in any case, and on a scope above it", () => {
    expect(read([ofAtlas]).verdict).toBe("works")
    expect(read([{ ...ofAtlas, scope: scope.toUpperCase() }]).verdict).toBe("works")
    expect(read([{ ...ofAtlas, scope: "/subscriptions/66666666-7777-8888-9999-000000000000" }]).verdict).toBe(
      "works",
    )
    for (const role of [
      "Network Contributor",
      "contributor",
      "OWNER",
      ofAtlas.roleDefinitionName.toUpperCase(),
    ])
      expect(read([{ ...ofAtlas, roleDefinitionName: role }]).verdict).toBe("works")
  })

  test("refuses another VNet's role", () => {
    const other = { ...ofAtlas, roleDefinitionName: `${ofAtlas.roleDefinitionName}2` }
    expect(read([other])).toMatchObject({
      verdict: "not-yet",
      says: expect.stringContaining(other.roleDefinitionName) as string,
    })
  })

  test.each([
    ["an empty name", { principalName: "" }],
    ["no name", { principalName: null }],
    ["an address for a name", { principalName: "https://cloud.mongodb.com/azure" }],
    ["a plain name", { principalName: "MongoDB Atlas", principalType: "ServicePrincipal" }],
  ])("judges %s by scope and role, since the command asked only for Atlas's application", (_, name) => {
    const unnamed = { ...ofAtlas, principalId: "p-1", ...name }
    expect(read([unnamed])).toMatchObject({
      verdict: "works",
      says: expect.stringContaining("--assignee=e90a1407-55c3-432d-9cb1-3638900a9d22") as string,
    })
    expect(read([{ ...unnamed, roleDefinitionName: "Reader" }]).says).toContain("the role Reader")
    expect(read([{ ...unnamed, scope: `${scope}2` }]).verdict).toBe("not-yet")
    // A list of several was not asked for with the command, so that nobody knows who this one is.
    const owner = { ...unnamed, roleDefinitionName: "Owner" }
    for (const also of [
      { ...owner, principalId: "p-2" },
      { ...ofAtlas, principalName: "ann@example.com" },
      { ...owner, principalType: "Group" },
    ])
      expect(read([owner, also]).says).toContain("none for Atlas")
  })

  test("ignores what a terminal prints around the list", () => {
    const printed = JSON.stringify([ofAtlas], null, 2)
    for (const text of [
      `[ann@host ~]$ az role assignment list\nWARNING: a new version is there\n${printed}\n[ann@host ~]$ `,
      `PS C:\\> az role assignment list\r\n${printed}`,
    ])
      expect(readRoleAssignments(text, network).verdict).toBe("works")
    expect(readRoleAssignments("WARNING: old\n[ ]\n$ ", network).says).toContain("No role assignment")
  })

  const unasked = [
    "WARNING: Failed to query e90a1407-55c3-432d-9cb1-3638900a9d22 by invoking Graph API. If you don't have permission to query Graph API, please specify --assignee-object-id and --assignee-principal-type.",
    "WARNING: Assuming e90a1407-55c3-432d-9cb1-3638900a9d22 as an object ID.",
    "[]",
  ].join("\n")

  test("does not believe an empty list when az could not look up Atlas's application", () => {
    expect(readRoleAssignments(unasked, network)).toMatchObject({
      verdict: "unreadable",
      next: expect.stringContaining("without --assignee") as string,
    })
    // Some terminals drop the warning.
    expect(read([]).next).toContain("without --assignee")
  })

  test("finds Atlas's role in a list without names, as people without directory rights get it", () => {
    const nameless = { ...ofAtlas, principalName: "", principalType: "ServicePrincipal", principalId: "p-1" }
    const others = [
      { ...nameless, principalId: "p-2", roleDefinitionName: "Owner" },
      { ...nameless, principalId: "p-3", principalType: "User", roleDefinitionName: "Reader" },
    ]
    expect(read([...others, nameless])).toMatchObject({
      verdict: "works",
      says: expect.stringContaining("if AtlasPeering/") as string,
    })
    expect(read(others).says).toContain("none for Atlas")
    expect(read([...others, { ...nameless, principalType: "User" }]).says).toContain("none for Atlas")
  })

  test("leads to the first step when the directory does not know Atlas's application", () => {
    const text =
      "ERROR: Cannot find user or service principal in graph database for 'e90a1407-55c3-432d-9cb1-3638900a9d22'. If the assignee is an appId, make sure the corresponding service principal is created with 'az ad sp create --id e90a1407-55c3-432d-9cb1-3638900a9d22'."
    expect(readRoleAssignments(text, network)).toEqual({
      verdict: "not-yet",
      says: "Atlas's application has no service principal in this directory.",
      next: "Create the service principal, then the role and its assignment.",
    })
  })

  test("accepts a role inherited from a management group, which the list names only when it covers the VNet", () => {
    const inherited = {
      ...ofAtlas,
      roleDefinitionName: "Network Contributor",
      scope: "/providers/Microsoft.Management/managementGroups/landing-zones",
    }
    expect(read([inherited]).verdict).toBe("works")
  })

  test("refuses a list without its end", () => {
    expect(readRoleAssignments(JSON.stringify([ofAtlas]).slice(0, -1), network).verdict).toBe("unreadable")
  })

  test("refuses a VNet whose name begins the same [B11]", () => {
    expect(read([{ ...ofAtlas, scope: `${scope}2` }])).toMatchObject({
      verdict: "not-yet",
      next: `Assign it on ${scope}.`,
    })
  })

  test("refuses an empty list, another application and a role without the right, each with its own sentence", () => {
    expect(read([]).says).toContain("No role assignment")
    expect(read([{ ...ofAtlas, principalName: "somebody", principalType: "Group" }]).says).toContain(
      "none for Atlas",
    )
    expect(read([{ ...ofAtlas, roleDefinitionName: "Reader" }]).says).toContain("the role Reader")
    const stranger = { ...ofAtlas, principalName: "11111111-2222-3333-4444-555555555555" }
    expect(read([stranger]).says).toContain("none for Atlas")
  })

  test("returns unreadable for a table instead of JSON", () => {
    expect(readRoleAssignments("Principal  Role\n---- ----", network).verdict).toBe("unreadable")
  })
})

test("the readers of outputs never throw, for any text", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      const readings = [readNameLookup(text, "AWS", atlas), readPortTry(text), readRoleAssignments(text, {})]
      expect(readings.every(({ says }) => says !== "")).toBe(true)
    }),
  )
})
