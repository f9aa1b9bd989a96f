# Runs the test script of a connection in a client, with a firewall and a server behind it, each in a network of its own.
# Arguments: a folder with certificate.pem, key.pem, and for each state a file STATE.script, and for each shell a folder of programs
# bin-SHELL. What a shell prints goes to STATE.SHELL. It ends with the networks that it runs in.
work=$1
mkdir -p /run/netns
mount -t tmpfs tmpfs /run/netns
touch "$work/resolv.conf"
mount --bind "$work/resolv.conf" /etc/resolv.conf
ip link set lo up
for one in fw sv; do ip netns add $one && ip -n $one link set lo up; done
ip link add to-fw type veth peer name to-cl netns fw
ip -n fw link add to-sv type veth peer name to-fw netns sv
ip addr add 10.71.0.10/24 dev to-fw && ip link set to-fw up
ip -n fw addr add 10.71.0.1/24 dev to-cl && ip -n fw link set to-cl up
ip -n fw addr add 10.8.0.1/21 dev to-sv && ip -n fw link set to-sv up
ip -n sv addr add 10.8.1.17/21 dev to-fw && ip -n sv link set to-fw up
ip -n sv route add default via 10.8.0.1
ip netns exec fw sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward'
ip netns exec fw dnsmasq --keep-in-foreground --no-resolv --no-hosts --pid-file= --user=root \
  --listen-address=10.71.0.1 --bind-interfaces --local=/example.net/ --address=/shard.example.net/10.8.1.17 \
  --address=/public.example.net/52.4.1.9 --address=/other.example.net/10.99.0.1 &
name_server=$!
ip netns exec sv openssl s_server -accept 10.8.1.17:27017 -cert "$work/certificate.pem" -key "$work/key.pem" \
  -quiet >/dev/null 2>&1 </dev/null &
server=$!

use_resolver() { printf 'nameserver %s\noptions timeout:1 attempts:1\n' "$1" >"$work/resolv.conf"; }
use_rule() { ip netns exec fw nft "add table ip t; add chain ip t f { type filter hook forward priority 0; }; add rule ip t f $1"; }
begin() {
  use_resolver 10.71.0.1
  ip route flush 10.8.0.0/21
  ip route add 10.8.0.0/21 via 10.71.0.1
  ip netns exec fw nft flush ruleset
}

begin
for _ in 1 2 3 4 5 6 7 8 9 10; do
  dig +short +tries=1 +time=1 shard.example.net | grep -q 10.8 && bash -c ': </dev/tcp/10.8.1.17/27017' && break
done

for file in "$work"/*.script; do
  state=$(basename "$file" .script)
  begin
  case $state in
    dead-resolver) use_resolver 10.71.0.77 ;;
    no-way-to-resolver) use_resolver 10.255.255.53 ;;
    no-route) ip route del 10.8.0.0/21 ;;
    blackhole) ip route replace blackhole 10.8.0.0/21 ;;
    prohibit) ip route replace prohibit 10.8.0.0/21 ;;
    rejected) use_rule 'ip protocol tcp reject with icmp type admin-prohibited' ;;
    dropped) use_rule 'ip protocol tcp drop' ;;
    one-dropped) use_rule 'tcp dport 27017 drop' ;;
  esac
  waiting=
  for bin in "$work"/bin-*; do
    PATH=$bin:$(cat "$bin/rest") SSL_CERT_FILE=$work/certificate.pem timeout 120 "$bin/sh" -c "$(cat "$file")" \
      >"$work/$state.${bin##*/bin-}" 2>&1 </dev/null &
    waiting="$waiting $!"
  done
  wait $waiting
done
kill $server $name_server
