# Runs the test script of a connection on a machine, with a firewall and a server behind it, each in a network of its own.
# Arguments: the folder of diagnosis-servers.py, one with NAME.crt and NAME.key for three servers, trusted.pem, and for each state
# the files STATE.script and STATE.setup, and one with the machine's programs, and the rest of its PATH in the file rest. It writes
# what the machine prints in a state to STATE.printed beside the programs. It ends with the networks that it runs in.
servers=$1
work=$2
machine=$3
set -e
mkdir -p /run/netns
mount -t tmpfs tmpfs /run/netns
touch "$machine/resolv.conf"
mount --bind "$machine/resolv.conf" /etc/resolv.conf
ip link set lo up
for one in fw sv; do ip netns add $one && ip -n $one link set lo up; done
ip link add to-fw type veth peer name to-cl netns fw
ip -n fw link add to-sv type veth peer name to-fw netns sv
ip addr add 10.71.0.10/24 dev to-fw && ip link set to-fw up
ip -n fw addr add 10.71.0.1/24 dev to-cl && ip -n fw link set to-cl up
ip -n fw addr add 10.8.0.1/21 dev to-sv && ip -n fw link set to-sv up
ip -n sv addr add 10.8.1.17/21 dev to-fw && ip -n sv link set to-fw up
ip netns exec fw sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward; echo 0 >/proc/sys/net/ipv4/icmp_ratelimit'
set +e

started=
start() {
  "$@" >/dev/null 2>&1 </dev/null &
  started="$started $!"
}
start ip netns exec fw python3 "$servers/diagnosis-servers.py" dns
start ip netns exec sv python3 "$servers/diagnosis-servers.py" 10.8.1.17
start ip netns exec fw dnsmasq --keep-in-foreground --no-resolv --no-hosts --pid-file= --user=root \
  --listen-address=10.71.0.1 --bind-interfaces --local=/example.net/ --server=/broken.net/127.0.0.1#5300 \
  --host-record=shard.example.net,10.8.1.17 --host-record=twin.example.net,10.8.1.17 \
  --cname=alias.example.net,shard.example.net --host-record=v6.example.net,fd00::1 \
  --host-record=public.example.net,52.4.1.9 --host-record=other.example.net,10.99.0.1
port=27017
for name in trusted untrusted expired; do
  start ip netns exec sv openssl s_server -accept 10.8.1.17:$port -cert "$work/$name.crt" -key "$work/$name.key" -quiet
  port=$((port + 1))
done

use_resolver() { echo "nameserver $1" >/etc/resolv.conf; }
use_rule() {
  ip netns exec fw nft "add table ip t; add chain ip t f { type filter hook forward priority 0; }; add rule ip t f $1"
}
begin() {
  use_resolver 10.71.0.1
  ip link del docker0 2>/dev/null
  ip route flush root 10.8.0.0/16
  ip route add 10.8.0.0/21 via 10.71.0.1
  ip netns exec fw nft flush ruleset
  for kind in prohibit throw blackhole; do ip -n fw route flush type $kind; done
  ip -n sv route replace default via 10.8.0.1
}

is_ready() {
  dig +short +tries=1 +time=1 shard.example.net | grep -q 10.8.1.17 || return 1
  for port in 27017 27018 27019 27021 27022 27023 27024 27025; do
    nc -z -w 1 10.8.1.17 $port </dev/null 2>/dev/null || return 1
  done
}
begin
for _ in 1 2 3 4 5 6 7 8 9 10; do is_ready && break; sleep 1; done

for file in "$work"/*.script; do
  state=$(basename "$file" .script)
  begin
  . "$work/$state.setup"
  timeout 120 env "PATH=$machine:$(cat "$machine/rest")" "SSL_CERT_FILE=$work/trusted.pem" \
    "$machine/sh" -c "$(cat "$file")" >"$machine/$state.printed" 2>&1 </dev/null
done
kill $started
