# Answers names on this machine alone, in a network of its own, and runs each line of a file there.
# Arguments: a folder, and a file of commands. A line `=== NUMBER` stands before the output of each.
ip link set lo up
printf 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n' >"$1/resolv.conf"
mount --bind "$1/resolv.conf" /etc/resolv.conf
dnsmasq --keep-in-foreground --no-resolv --no-hosts --pid-file= --user=root \
  --listen-address=127.0.0.1 --bind-interfaces --local=/example.net/ \
  --address=/private.example.net/10.8.0.5 --address=/public.example.net/52.4.1.9 \
  --srv-host=_mongodb._tcp.c.example.net,h0.example.net,27017 &
server=$!
for _ in 1 2 3 4 5 6 7 8 9 10; do
  dig +short +tries=1 +time=1 private.example.net | grep -q 10.8 && break
done
number=0
while read -r line; do
  echo "=== $number"
  timeout 20 sh -c "$line" 2>&1 </dev/null
  number=$((number + 1))
done <"$2"
kill $server
