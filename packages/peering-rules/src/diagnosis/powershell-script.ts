/**
 * The test script for PowerShell 5.1 and later, up to its last line, which gives it the cloud, Atlas's block and the hosts. It prints the same lines as the one
 * for shells and changes nothing. It has no blank line, which would end a paste early.
 */
export const powerShellBody = `& {
  param($Cloud, $Block, [string[]]$Ends)
  "Peering diagnosis 1 $Cloud $Block"
  $server = 'not-checked'
  if (Get-Command Get-DnsClientServerAddress -ErrorAction SilentlyContinue) {
    $found = Get-DnsClientServerAddress -AddressFamily IPv4 | ForEach-Object { $_.ServerAddresses } | Select-Object -First 1
    if ($found) { $server = $found }
  }
  "dns-server: $server"
  $ports = 27015, 27016, 27017
  foreach ($end in $Ends) {
    $name, $port = $end -split ':'
    if (-not $port) { $port = 27017 }
    "host: \${name}:$port"
    if (-not $name) { '  name: missing'; continue }
    $parsed = $null
    if ([Net.IPAddress]::TryParse($name, [ref]$parsed)) {
      $address = $name
      "  name: is-an-address $address"
    } else {
      $address = $null
      $why = 'none'
      try {
        $address = [Net.Dns]::GetHostAddresses($name) | Where-Object { $_.AddressFamily -eq 'InterNetwork' } | Select-Object -First 1 | ForEach-Object { $_.IPAddressToString }
      } catch {
        $why = if ("$($_.Exception.GetBaseException().SocketErrorCode)" -eq 'TryAgain') { 'no-answer' } else { 'unresolved' }
        if (Get-Command Resolve-DnsName -ErrorAction SilentlyContinue) {
          try {
            $null = Resolve-DnsName $name -Type A -DnsOnly -ErrorAction Stop
          } catch {
            $why = switch ($_.Exception.NativeErrorCode) {
              9003 { 'none' }
              9501 { 'none' }
              9002 { 'no-answer' }
              9005 { 'no-answer' }
              1460 { 'no-answer' }
              default { $why }
            }
          }
        }
      }
      if (-not $address) { "  name: $why"; continue }
      if ($address -notmatch '^(10|127)[.]|^192[.]168[.]|^172[.](1[6-9]|2[0-9]|3[01])[.]') { "  name: public $address"; continue }
      "  name: private $address"
    }
    if (Get-Command Find-NetRoute -ErrorAction SilentlyContinue) {
      $route = Find-NetRoute -RemoteIPAddress $address -ErrorAction SilentlyContinue | Select-Object -First 1
      if (-not $route) { '  route: unreachable'; continue }
      "  route: via $($route.InterfaceAlias -replace '[^A-Za-z0-9]', '-')"
    } else { '  route: not-checked' }
    foreach ($one in (@($ports) + [int]$port | Select-Object -Unique)) {
      $client = New-Object Net.Sockets.TcpClient
      $outcome = 'timeout'
      try {
        if ($client.ConnectAsync($address, $one).Wait(4000)) { $outcome = 'open' }
      } catch {
        $outcome = switch ("$($_.Exception.GetBaseException().SocketErrorCode)") {
          'ConnectionRefused' { 'refused' }
          'ConnectionReset' { 'reset' }
          'TimedOut' { 'timeout' }
          'HostUnreachable' { 'unreachable' }
          'NetworkUnreachable' { 'no-route' }
          'AccessDenied' { 'blocked' }
          default { 'failed' }
        }
      }
      "  tcp \${one}: $outcome"
      if ($outcome -eq 'open' -and $one -eq [int]$port) {
        $client.ReceiveTimeout = 8000
        $tls = 'valid'
        try {
          $stream = New-Object Net.Security.SslStream($client.GetStream(), $false)
          $stream.AuthenticateAsClient($name)
        } catch {
          $said = $_.Exception.GetBaseException().Message
          $tls = if ($said -match 'NameMismatch') { 'wrong-name' } elseif ($said -match 'certificate') { 'untrusted' } elseif ($said -match 'alert') { 'rejected' } else { 'none' }
        }
        "  tls: $tls"
      }
      $client.Close()
    }
    $ports = @()
  }
  'End of diagnosis'
}`
