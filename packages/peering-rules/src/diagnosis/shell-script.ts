/**
 * The body of the test script, for any POSIX shell, so also for bash 3.2 of macOS and BusyBox. It reads its arguments (the cloud,
 * Atlas's block, and each host with its port), changes nothing, and prints the lines that `read-diagnosis.ts` reads. It runs in a
 * shell started for it, so neither `set` nor a failure reaches the shell it is pasted into. `!` is avoided: interactive bash
 * expands it.
 */
export const shellBody = `set -f
PATH="$PATH:/usr/sbin:/sbin"
LC_ALL=C
export PATH LC_ALL
has() { command -v "$1" >/dev/null 2>&1; }
within() {
  seconds=$1
  shift
  "$@" </dev/null &
  child=$!
  (sleep "$seconds" && kill "$child") >/dev/null 2>&1 &
  watch=$!
  wait "$child"
  status=$?
  kill "$watch" 2>/dev/null
  return "$status"
}
pick_address() {
  address=
  for word in $1; do
    case $word in
      *[a-zA-Z:/_,%@-]*|*[\\#\\(\\)\\;\\[]*|*.*.*.*.*) ;;
      [0-9]*.[0-9]*.[0-9]*.[0-9]*) address=$word; return 0 ;;
    esac
  done
  return 1
}
look_up() {
  if [ "$why" = not-checked ]; then why=unresolved; fi
  said=$(within 6 "$@" 2>&1)
  case $?:$said in
    *NXDOMAIN*|*"status: NOERROR"*|*"No answer"*|*"not known"*|*"not resolve"*|*"o address associated"*|*Name:*Address*) why=none ;;
    *SERVFAIL*|*REFUSED*|*"status: "*) why=server-error ;;
    14[0-9]:*|*"timed out"*|*"no servers"*|*"emporary failure"*|*"ry again"*|*nreachable*) why=no-answer ;;
  esac
}
find_address() {
  why=not-checked
  if has getent; then look_up getent ahostsv4 "$1"; pick_address "$said" && return 0; fi
  if has dscacheutil; then look_up dscacheutil -q host -a name "$1"; pick_address "$said" && return 0; fi
  if has dig; then look_up dig +noall +answer +comments +time=2 +tries=1 "$1" A; pick_address "$(echo "$said" | sed '/^;/d')" && return 0; fi
  if has nslookup; then look_up nslookup "$1"; pick_address "$(echo "$said" | sed '1,/^$/d')" && return 0; fi
  if [ "$why" = unresolved ] && has bash; then look_up bash -c ': </dev/tcp/$0/1' "$1"; fi
  return 1
}
check_server() {
  server=not-checked
  for file in /run/systemd/resolve/resolv.conf /etc/resolv.conf; do
    if [ "$server" = not-checked ] && [ -r "$file" ]; then
      while read -r word value rest; do
        if [ "$word" = nameserver ]; then server=$value; break; fi
      done <"$file"
    fi
  done
  echo "dns-server: $server"
}
check_route() {
  said=
  if has ip; then said=$(ip route get "$1" 2>&1); elif has route; then said=$(route -n get "$1" 2>&1); fi
  case $said in
    *"nvalid argument"*|*"ermission denied"*|*"o route to host"*|*prohibit*) echo "  route: blocked"; return 1 ;;
    *nreachable*|*"not in table"*) echo "  route: unreachable"; return 1 ;;
    *" dev "*) said=\${said#* dev }; echo "  route: via \${said%% *}" ;;
    *interface:*) said=\${said#*interface: }; echo "  route: via $(echo $said | cut -d ' ' -f 1)" ;;
    *) echo "  route: not-checked" ;;
  esac
}
connect() {
  said=$(within "$@" 2>&1)
  status=$?
}
try_nc() {
  connect 5 nc -z -v -w 4 "$1" "$2"
  case $said in
    *sage:*|*"nvalid option"*|*"nrecognized option"*) connect 5 nc -w 4 "$1" "$2" -e sh -c 'echo connection is open >&2' ;;
  esac
  case $said in
    *sage:*|*"nvalid option"*|*"nrecognized option"*) connect 5 nc "$1" "$2" ;;
  esac
}
try_port() {
  status=1
  said=not-checked
  if has bash; then connect 5 bash -c ': </dev/tcp/$0/$1' "$1" "$2"; fi
  case $status:$said in
    1:not-checked|1:*"No such file"*)
      if has python3; then
        connect 5 python3 -c 'import socket,sys; socket.create_connection((sys.argv[1], int(sys.argv[2])), 4)' "$1" "$2"
      elif has nc; then try_nc "$1" "$2"
      else said=not-checked
      fi ;;
  esac
  case $status:$said in
    0:*|*"connection is open"*) outcome=open ;;
    *not-checked*|*sage:*|*"nvalid option"*|*"nrecognized option"*) outcome=not-checked ;;
    *"nvalid argument"*|*"ermission denied"*) outcome=blocked ;;
    *efused*) outcome=refused ;;
    *"onnection reset"*) outcome=reset ;;
    *"etwork is unreachable"*) outcome=no-route ;;
    *nreachable*|*"No route"*) outcome=unreachable ;;
    14[0-9]:*|*"imed out"*|*timeout*) outcome=timeout ;;
    *) outcome=failed ;;
  esac
  echo "  tcp $2: $outcome"
}
try_openssl() {
  named=valid
  connect 8 openssl s_client -connect "$2:$3" -servername "$1" -verify_hostname "$1"
  case $said in
    *"nknown option"*|*"nrecognized option"*|*usage:*)
      named=name-not-checked
      connect 8 openssl s_client -connect "$2:$3" -servername "$1" ;;
  esac
  case $status:$said in
    *"SSL alert number"*) tls=rejected ;;
    *"wrong version number"*|*"unknown protocol"*|*"packet length too long"*|*"http request"*) tls=none ;;
    *"unexpected eof"*|*"write:errno="*|*"read:errno="*|*"onnection reset"*) tls=closed ;;
    *"no peer certificate"*) tls=none ;;
    *"Verify return code: 0 "*) tls=$named ;;
    *"ostname mismatch"*|*"address mismatch"*) tls=wrong-name ;;
    *"Verify return code: 9 "*|*"Verify return code: 10 "*) tls=wrong-time ;;
    *"Verify return code: "*) tls=untrusted ;;
    14[0-9]:*) tls=silent ;;
  esac
}
try_ssl_client() {
  connect 8 ssl_client "$2:$3"
  case $status:$said in
    *"alert code 80)"*) tls=rejected ;;
    141:*|*"TLS record (len:0)"*|*"short read"*|*"short write"*|*"onnection reset"*|*"roken pipe"*) tls=closed ;;
    *"got bad TLS record"*) tls=none ;;
    0:*) tls=name-not-checked ;;
    14[0-9]:*) tls=silent ;;
  esac
}
check_tls() {
  tls=not-checked
  if has openssl; then try_openssl "$@"; elif has ssl_client; then try_ssl_client "$@"; fi
  echo "  tls: $tls"
}
check_host() {
  host=\${1%:*}
  port=\${1##*:}
  if [ "$host" = "$1" ]; then port=27017; fi
  echo "host: $host:$port"
  if [ -z "$host" ]; then echo "  name: missing"; return; fi
  if pick_address "$host"; then echo "  name: is-an-address $address"
  elif find_address "$host"; then
    case $address in
      10.*|127.*|192.168.*|172.1[6-9].*|172.2[0-9].*|172.3[01].*) echo "  name: private $address" ;;
      *) echo "  name: public $address"; return ;;
    esac
  else echo "  name: $why"; return
  fi
  check_route "$address" || return
  open=no
  for one in $(if [ "$2" = first ]; then echo 27015 27016 27017; fi) $port; do
    if [ "$2" = first ] && [ "$one" = "$port" ] && [ "$open" = tried ]; then continue; fi
    try_port "$address" "$one"
    if [ "$one" = "$port" ]; then
      if [ "$outcome" = open ]; then check_tls "$host" "$address" "$port"; fi
      open=tried
    fi
  done
}
diagnose() {
  echo "Peering diagnosis 1 $1 $2"
  shift 2
  check_server
  place=first
  for end in "$@"; do check_host "$end" "$place"; place=next; done
  echo "End of diagnosis"
}
diagnose "$@" </dev/null`
