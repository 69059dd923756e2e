# shellcheck shell=bash disable=SC2154
# The private cluster of this checkout; sourced after lib.sh, never run. In its folder: data/, the socket, port, password, log, and
# complete, which says that it was made to the end.

# Decides where the private cluster of this checkout is: in the checkout, unless PostgreSQL could not work there.
locate_cluster() {
  local why="" key owner
  cluster=$checkout/.cluster
  if ((${#cluster} > 85)) || [[ $cluster == *,* ]]; then
    why="the path of this checkout is too long for a unix socket, or has a comma"
  elif ((EUID == 0)) && ! as_db_user test -x "$checkout"; then
    why="the user postgres, which PostgreSQL must run as, cannot enter $checkout"
  fi
  if [[ -n $why ]]; then
    key=$(printf %s "$checkout" | sha256sum | cut -c 1-12)
    if ((EUID == 0)); then cluster=/var/lib/geooffer/$key; else cluster=/var/tmp/geooffer-$EUID/$key; fi
    (umask 022 && mkdir -p -- "${cluster%/*}")
    [[ -O ${cluster%/*} && ! -L ${cluster%/*} ]] || fail "${cluster%/*} belongs to somebody else."
    [[ -d $cluster ]] || say "The private cluster goes elsewhere: $why."
  fi

  owner=$(stat -c %U -- "$cluster" 2>/dev/null) || return 0
  [[ $owner == "$(as_db_user id -un)" ]] ||
    fail "$cluster belongs to $owner: run this as that user, or remove the folder, which holds the data of this checkout."
}

# psql as the superuser of the private cluster, over its socket, which lets in only the user it runs as.
cluster_psql() { as_db_user "$pg_bin/psql" -h "$cluster" -p "$(<"$cluster/port")" -d postgres -X -q -v ON_ERROR_STOP=1 "$@"; }

cluster_is_running() { as_db_user "$pg_bin/pg_ctl" status -D "$cluster/data" >/dev/null 2>&1; }

start_cluster() {
  local port
  port=$(cat -- "$cluster/port" 2>/dev/null) || port=$(free_port)
  for _ in 1 2 3 4 5; do
    if ! answers 127.0.0.1 "$port" &&
      as_db_user "$pg_bin/pg_ctl" start -D "$cluster/data" -o "-p $port" -l "$cluster/log" -w -t 60 >/dev/null 2>&1; then
      as_db_user tee "$cluster/port" >/dev/null <<<"$port"
      return
    fi
    port=$(free_port)
  done
  fail "the private cluster does not start: $(tail -n 5 -- "$cluster/log" 2>/dev/null)"
}

stop_cluster() { as_db_user "$pg_bin/pg_ctl" stop -D "$cluster/data" -m fast -w >/dev/null 2>&1; }

make_cluster() {
  say "Making a private PostgreSQL cluster in $cluster …"
  if [[ -d $cluster ]]; then
    stop_cluster || true
    rm -rf -- "$cluster"
  fi
  mkdir -m 700 -- "$cluster"
  if ((EUID == 0)); then chown postgres: "$cluster"; fi
  as_db_user "$pg_bin/initdb" -D "$cluster/data" --auth-local=peer --auth-host=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 \
    >/dev/null || fail "initdb failed."
  # The socket goes into the folder above the data, by a relative path: the path of a checkout may hold anything.
  as_db_user tee -a "$cluster/data/postgresql.conf" >/dev/null <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = '..'
unix_socket_permissions = 0700
CONF
  start_cluster
  new_password | (umask 077 && as_db_user tee "$cluster/password" >/dev/null)
  cluster_psql <<<"CREATE ROLE geooffer LOGIN PASSWORD '$(<"$cluster/password")'"
  ensure_database geooffer
  as_db_user touch "$cluster/complete"
}

# Makes a database of the private cluster with PostGIS, owned by geooffer, unless it is there.
ensure_database() {
  [[ -z $(cluster_psql -At -c "SELECT 1 FROM pg_database WHERE datname = '$1'") ]] || return 0
  cluster_psql -c "CREATE DATABASE $1 OWNER geooffer"
  cluster_psql -d "$1" -c 'CREATE EXTENSION postgis'
}

# Has the private cluster run until release_cluster, and sets ConnectionStrings__GeoOffer. Everyone who uses it holds a shared
# lock (descriptor 8, which the service inherits); who leaves last stops it. Descriptor 9 guards starting and stopping.
use_cluster() {
  mkdir -p "$cache"
  ensure_postgres
  locate_cluster
  if [[ -f $cluster/complete ]]; then
    local made_by
    made_by=$(<"$cluster/data/PG_VERSION")
    find_postgres "$made_by" || fail "$cluster was made by PostgreSQL $made_by, which is no longer installed with PostGIS.
Install it, or remove the folder to start afresh."
  fi

  exec 8>"$cache/cluster-users.lock" 9>"$cache/cluster.lock"
  flock 9
  flock -s 8
  cluster_in_use=1
  if [[ ! -f $cluster/complete ]]; then
    make_cluster
  elif ! cluster_is_running; then
    start_cluster
  fi
  flock -u 9
  use_database geooffer
}

use_database() {
  ConnectionStrings__GeoOffer="Host=127.0.0.1;Port=$(<"$cluster/port");Username=geooffer;Password=$(<"$cluster/password");Database=$1"
  export ConnectionStrings__GeoOffer
}

release_cluster() {
  [[ -n ${cluster_in_use:-} ]] || return 0
  cluster_in_use=
  flock 9
  if flock -n 8; then stop_cluster || true; fi
  exec 8>&- 9>&-
}
