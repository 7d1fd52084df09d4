# A small office of the real programs: sourced by the tests beside it. Set before: $client and
# $office, the programs. It makes $folder, in which all of it lies, and ends with the test.
export LC_ALL=C.UTF-8
folder=$(mktemp -d "${TMPDIR:-/tmp}/dossier-test-XXXXXX")
server_pid=
port=0
running=()
mounts=()
end() {
    kill -9 $server_pid "${running[@]}" 2>/dev/null || true
    [ ${#mounts[@]} = 0 ] || umount -l "${mounts[@]}"
    rm -rf "$folder"
}
trap end EXIT

fail() { echo "✗ $*" >&2; exit 1; }
d() { "$office" --lang en --dir "$folder/office" "$@"; }
l() { local who=$1; shift; "$client" --lang en --dir "$folder/$who" --key-file "$folder/$who.key" -q "$@"; }

# await FILE PATTERN: a program that was just started has said so.
await() { for _ in $(seq 400); do grep -q "$2" "$1" 2>/dev/null && return; sleep 0.05; done; fail "not ready: $1"; }

# An administrator, a clerk, a manager and the salespeople ann and ben in one region.
found_office() {
    d init --admin admin --admin-name Admin >/dev/null
    d region add HD East >/dev/null
    d department add XS Sales >/dev/null
    d user add ann --name Ann --region HD --department XS --role salesperson >/dev/null
    d user add ben --name Ben --region HD --department XS --role salesperson >/dev/null
    d user add clerk --name Clerk --region HD --department XS --clearance 2 --role info_clerk >/dev/null
    d user add boss --name Boss --region HD --department XS --clearance 3 --role service_manager --role marketing_director >/dev/null
}

# load FILE: the clerk imports it as a batch, the manager signs, and the files are posted.
load() {
    local asked
    d --as clerk import "$1" --batch "$(basename "$1")" >/dev/null
    asked=$(d --as boss --json approval list --where state=open | grep -o '"id": *"[^"]*"' | head -1 | sed 's/.*: *"//; s/"$//')
    d --as boss approval approve "$asked" >/dev/null
    d --as admin job run post_batches >/dev/null
}

# add_customers NAME...: for ann.
add_customers() {
    { echo name,owner_user_id,region_id; printf '%s,ann,HD\n' "$@"; } >"$folder/customers.csv"
    load "$folder/customers.csv"
    rm "$folder/customers.csv"
}

# The same port again after the first time. The program itself, not a shell around it: it is killed.
serve() {
    : >"$folder/serve.out"
    "$office" --dir "$folder/office" serve --listen "127.0.0.1:$port" --log "$folder/office.log" >"$folder/serve.out" 2>&1 &
    server_pid=$!
    await "$folder/serve.out" 127.0.0.1
    port=$(grep -o '127\.0\.0\.1:[0-9]*' "$folder/serve.out" | head -1 | cut -d: -f2)
}

# enrol WHO NUMBER: a laptop of ann, approved as device NUMBER.
enrol() {
    local invite
    head -c 32 /dev/urandom >"$folder/$1.key"
    chmod 600 "$folder/$1.key"
    invite=$(d --json invite create --user ann --host "127.0.0.1:$port" 2>/dev/null | grep -o '"\(code\|invite\)": *"[^"]*"' | head -1 | sed 's/.*: *"//; s/"$//')
    l "$1" init >/dev/null
    l "$1" enroll --invite "$invite" --name "$1" >/dev/null
    d device approve "$2" >/dev/null
    l "$1" sync >/dev/null
}
